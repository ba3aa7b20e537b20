/** Conversations, who is in them and how far they have read; and the answer to `sync`. */
import type { Database } from 'bun:sqlite'
import { LIMITS, ok, refuse, type ChangedConversation, type Head } from '@rookery/protocol'
import type { ConversationStore, SyncAnswer, SyncRequest } from '../../core/ports.ts'
import { messagesAfterRev } from './messages.ts'
import { ownRevs, ownRowReads } from './own-rows.ts'

interface MemberHead extends Head {
  readonly read_seq: number
}

export function conversationReads(db: Database): Pick<ConversationStore, 'membership' | 'readers' | 'changes'> {
  const own = ownRowReads(db)
  const newestAfterRev = messagesAfterRev(db)
  const readers = db.query<{ number: number; read_seq: number }, [number]>(
    'SELECT owner AS number, read_seq FROM memberships WHERE conversation = $1 ORDER BY owner',
  )
  const ownRev = db.query<{ rev: number }, [number]>('SELECT rev FROM accounts WHERE number = $1')
  const heads = db.query<MemberHead, [number]>(
    `SELECT v.conversation, v.last_seq, v.rev, m.read_seq
     FROM memberships m JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = +$1`,
  )
  const unread = db.query<{ count: number }, [number, number, number, number]>(
    `SELECT count(*) AS count FROM
       (SELECT 1 FROM messages WHERE conversation = +$1 AND seq > +$2 AND sender <> +$3 LIMIT +$4)`,
  )

  function changes({ number, rev, heads: held, rows, messages, length }: SyncRequest): SyncAnswer {
    const contacts = own.contactsAfter(number, rev, rows)
    const memberships = own.membershipsAfter(number, rev, rows)
    const changed = heads.all(number).filter((head) => head.rev > (held.get(head.conversation) ?? 0))
    const conversations: ChangedConversation[] = []
    for (let size = 0; conversations.length < Math.min(rows, changed.length) && size <= length;) {
      const { read_seq, ...head } = changed[conversations.length] as MemberHead
      const newest = newestAfterRev(head.conversation, held.get(head.conversation) ?? 0, messages)
      const count = unread.get(head.conversation, read_seq, number, LIMITS.unreadCount)?.count ?? 0
      conversations.push({ ...head, unread: count, messages: newest })
      size += JSON.stringify(newest).length
    }
    const cut = [contacts, memberships].filter((list) => list.length === rows).map((list) => list.at(-1)?.rev ?? 0)
    const reached = cut.length > 0 ? Math.min(...cut) : (ownRev.get(number)?.rev ?? 0)
    return {
      rev: reached,
      contacts: contacts.filter((row) => row.rev <= reached),
      memberships: memberships.filter((row) => row.rev <= reached),
      conversations,
      more: cut.length > 0 || changed.length > conversations.length,
    }
  }
  const snapshot = db.transaction(changes)

  return {
    membership: async (number, conversation) => own.membership(number, conversation),
    readers: async (conversation) => readers.all(conversation),
    changes: async (request) => snapshot(request),
  }
}

export function conversationWrites(db: Database) {
  const own = ownRowReads(db)
  const nextRev = ownRevs(db)
  const find = db.query<{ conversation: number }, [number, number]>(
    'SELECT conversation FROM conversations WHERE low = $1 AND high = $2',
  )
  const insert = db.query<{ conversation: number }, [number, number]>(
    `INSERT INTO conversations (kind, low, high) VALUES ('direct', $1, $2) RETURNING conversation`,
  )
  const pointer = db.query<{ read_seq: number; last_seq: number }, [number, number]>(
    `SELECT m.read_seq, v.last_seq FROM memberships m JOIN conversations v ON v.conversation = m.conversation
     WHERE m.owner = +$1 AND m.conversation = +$2`,
  )
  const move = db.query('UPDATE memberships SET read_seq = $1, rev = $2 WHERE owner = $3 AND conversation = $4')

  return {
    openDirect({ one, other }: Parameters<ConversationStore['openDirect']>[0]) {
      const low = Math.min(one, other)
      const high = Math.max(one, other)
      const row = find.get(low, high) ?? insert.get(low, high)
      if (!row) throw new Error('INSERT … RETURNING returned nothing.')
      return ok(row)
    },
    moveReadPointer({ number, conversation, seq }: Parameters<ConversationStore['moveReadPointer']>[0]) {
      const stored = pointer.get(number, conversation)
      if (!stored) return refuse('not_member')
      const read_seq = Math.min(seq, stored.last_seq)
      if (read_seq <= stored.read_seq) return ok({ read_seq: stored.read_seq, moved: null })
      move.run(read_seq, nextRev(number), number, conversation)
      return ok({ read_seq, moved: own.membership(number, conversation) })
    },
  }
}
