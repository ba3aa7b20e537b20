/** Conversations, who is in them and how far they have read; and the answer to `sync`. */
import type { Database } from 'bun:sqlite'
import { LIMITS, ok, refuse } from '@rookery/protocol'
import type { ConversationStore, SyncAnswer, SyncRequest } from '../../core/log-ports.ts'
import { changeLimit, draftAnswer, messageLimit } from '../changes.ts'
import * as sql from '../queries/conversations.ts'
import { findGroups } from './groups.ts'
import { changedMessages, newestMessages } from './messages.ts'
import { ownRevs, ownRowReads } from './own-rows.ts'
import { readTxid, type Transactions } from './transactions.ts'

type Reads = Pick<ConversationStore, 'membership' | 'groupsOf' | 'readers' | 'changes'>

export function conversationReads(db: Database): Reads {
  const own = ownRowReads(db)
  const newest = newestMessages(db)
  const changed = changedMessages(db)
  const group = findGroups(db)
  const lastTxid = readTxid(db)
  const readers = db.query<{ number: number; read_seq: number }, [number, number]>(sql.readersOf)
  const rev = db.query<{ rev: number }, [number]>(sql.ownRev)
  const heads = db.query<sql.MemberHead, [number]>(sql.headsOf)
  const groups = db.query<{ number: number; conversation: number; from_seq: number }, [string]>(
    `SELECT m.owner AS number, m.conversation, m.from_seq FROM memberships m JOIN conversations v ON v.conversation = m.conversation
     WHERE m.owner IN (SELECT value FROM json_each($1)) AND m.gone = 0 AND v.kind = 'group'`,
  )
  const unread = db.query<{ count: number }, [number, number, number, number]>(sql.countUnread)
  const mention = db.query<{ seq: number }, [number, number, number]>(sql.newestMention)

  const snapshot = db.transaction((request: SyncRequest): SyncAnswer => {
    const { number, rows } = request
    const answer = draftAnswer(request, {
      txid: lastTxid(),
      rev: rev.get(number)?.rev ?? 0,
      heads: heads.all(number),
      contacts: own.contactsAfter(number, request.rev, rows),
      memberships: own.membershipsAfter(number, request.rev, rows),
      requests: own.requestsAfter(number, request.rev, rows),
      settings: [own.settings(number)].filter((row) => row.rev > request.rev),
    })
    for (const head of answer.wanted) {
      if (answer.isFull()) break
      const { conversation, from_seq, read_seq } = head
      answer.add(head, {
        unread: unread.get(conversation, read_seq, number, LIMITS.unreadCount)?.count ?? 0,
        mentioned: mention.get(conversation, number, read_seq)?.seq ?? 0,
        newest: newest(conversation, from_seq, messageLimit(request, conversation)),
        changed: changed(conversation, from_seq, changeLimit(request, conversation)),
        group: head.kind === 'group' ? group(conversation) : null,
      })
    }
    return answer.finish(answer.unlisted.flatMap((conversation) => own.membership(number, conversation) ?? []))
  })

  return {
    membership: async (number, conversation) => own.membership(number, conversation),
    groupsOf: async (numbers) => groups.all(JSON.stringify(numbers)),
    readers: async (conversation, most) => sql.showReaders(readers.all(conversation, most + 1), most),
    changes: async (request) => snapshot(request),
  }
}

export function conversationWrites(db: Database, transactions: Transactions) {
  const own = ownRowReads(db)
  const nextRev = ownRevs(db, transactions)
  const find = db.query<{ conversation: number }, [number, number]>(sql.directConversation)
  const insert = db.query<{ conversation: number }, [number, number]>(
    `INSERT INTO conversations (kind, low, high) VALUES ('direct', $1, $2) RETURNING conversation`,
  )
  const pointer = db.query<{ read_seq: number; last_seq: number }, [number, number]>(
    `SELECT m.read_seq, v.last_seq FROM memberships m JOIN conversations v ON v.conversation = m.conversation
     WHERE m.owner = +$1 AND m.conversation = +$2 AND m.gone = 0`,
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
