/** Conversations, who is in them and how far they have read; and the answer to `sync`. */
import type { Database } from 'bun:sqlite'
import { LIMITS, ok, refuse, type ChangedConversation, type Head } from '@rookery/protocol'
import type { ConversationStore, SyncAnswer, SyncPlace, SyncRequest } from '../../core/ports.ts'
import { newestMessages } from './messages.ts'
import { ownRevs, ownRowReads } from './own-rows.ts'
import { readTxid, type Transactions } from './transactions.ts'

interface MemberHead extends Head {
  readonly txid: number
  readonly read_seq: number
}

export function conversationReads(db: Database): Pick<ConversationStore, 'membership' | 'readers' | 'changes'> {
  const own = ownRowReads(db)
  const newestAfter = newestMessages(db)
  const lastTxid = readTxid(db)
  const readers = db.query<{ number: number; read_seq: number }, [number]>(
    'SELECT owner AS number, read_seq FROM memberships WHERE conversation = $1 ORDER BY owner',
  )
  const ownRev = db.query<{ rev: number }, [number]>('SELECT rev FROM accounts WHERE number = $1')
  const headsOf = db.query<MemberHead, [number]>(
    `SELECT v.conversation, v.last_seq, v.rev, v.txid, m.read_seq
     FROM memberships m JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = +$1`,
  )
  const unread = db.query<{ count: number }, [number, number, number, number]>(
    `SELECT count(*) AS count FROM
       (SELECT 1 FROM messages WHERE conversation = +$1 AND seq > +$2 AND sender <> +$3 LIMIT +$4)`,
  )

  function describe(member: MemberHead, { number, heads, after, messages }: SyncRequest): ChangedConversation {
    const { conversation, last_seq, rev, read_seq } = member
    const told = heads.get(conversation)
    const known = told === undefined ? { txid: after } : { rev: told }
    // A device that holds nothing shows a list first; the rest of a chat comes when it is opened.
    const limit = told === undefined && after < 0 ? 1 : messages
    return {
      conversation,
      last_seq,
      rev,
      unread: unread.get(conversation, read_seq, number, LIMITS.unreadCount)?.count ?? 0,
      messages: newestAfter(conversation, known, limit),
    }
  }

  function ownRows({ number, rev, rows }: SyncRequest, stored: number, shown: readonly number[]) {
    const contacts = own.contactsAfter(number, rev, rows)
    const memberships = own.membershipsAfter(number, rev, rows)
    const cut = [contacts, memberships].filter((list) => list.length === rows).map((list) => list.at(-1)?.rev ?? 0)
    const reached = cut.length > 0 ? Math.min(...cut) : stored
    const listed = memberships.filter((row) => row.rev <= reached)
    // A conversation never comes without what the device needs to show it.
    const ahead = cut.length === 0 ? [] : shown.flatMap((conversation) => own.membership(number, conversation) ?? [])
    return {
      rev: reached,
      contacts: contacts.filter((row) => row.rev <= reached),
      memberships: [...listed, ...ahead.filter((row) => row.rev > reached)],
      moreRows: cut.length > 0,
    }
  }

  function changes(request: SyncRequest): SyncAnswer {
    const { number, rev, heads, rows, length } = request
    const all = headsOf.all(number)
    const { told, listed } = selectChanged(all, request)
    const stored = ownRev.get(number)?.rev ?? 0
    const txid = lastTxid()
    const conversations: ChangedConversation[] = []
    let size = 0
    let last: MemberHead | null = null
    let rest = told.length + listed.length
    for (const head of [...told, ...listed]) {
      if (conversations.length === rows || size > length) break
      const changed = describe(head, request)
      conversations.push(changed)
      size += JSON.stringify(changed.messages).length
      if (!heads.has(head.conversation)) last = head
      rest -= 1
    }
    const shown = conversations.map(({ conversation }) => conversation)
    const isAhead = all.some(({ conversation, rev: known }) => (heads.get(conversation) ?? 0) > known)
    return {
      txid,
      ...ownRows(request, stored, shown),
      conversations,
      total: all.reduce((sum, head) => sum + head.rev, 0),
      moreBelow: rest === 0 ? null : last ? placeOf(last) : (request.below ?? start),
      ahead: isAhead || rev > stored || request.after > txid,
    }
  }
  const snapshot = db.transaction(changes)

  return {
    membership: async (number, conversation) => own.membership(number, conversation),
    readers: async (conversation) => readers.all(conversation),
    changes: async (request) => snapshot(request),
  }
}

/** Before every conversation in the order of the answer. */
const start: SyncPlace = { txid: 999_999_999_999_999, conversation: 0 }

/** Those whose rev the device told and that have moved; and those that changed since, newest first, below the last page. */
function selectChanged(all: readonly MemberHead[], { heads, after, below }: SyncRequest) {
  const told = all.filter(({ conversation, rev }) => rev > (heads.get(conversation) ?? rev))
  const listed = all
    .filter((head) => !heads.has(head.conversation) && head.txid > after && (!below || comparePlaces(below, head) < 0))
    .sort(comparePlaces)
  return { told, listed }
}

function comparePlaces(one: SyncPlace, other: SyncPlace): number {
  return other.txid - one.txid || other.conversation - one.conversation
}

function placeOf({ txid, conversation }: MemberHead): SyncPlace {
  return { txid, conversation }
}

export function conversationWrites(db: Database, transactions: Transactions) {
  const own = ownRowReads(db)
  const nextRev = ownRevs(db, transactions)
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
