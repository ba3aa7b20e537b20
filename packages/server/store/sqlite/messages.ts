/** The log of each conversation. */
import type { Database } from 'bun:sqlite'
import { ok, refuse, type MessageRow } from '@rookery/protocol'
import type { Appended, MessageChange, MessageStore, NewMessage } from '../../core/log-ports.ts'
import { mayWrite, readAudience, standingOf, type Standing } from '../queries/conversations.ts'
import {
  isRetry,
  messageAt,
  messageById,
  messageColumns,
  pageAbove,
  pageBelow,
  parseId,
  readMessage,
} from '../queries/messages.ts'
import type { SentMessage, StoredMessage } from '../queries/messages.ts'
import { findGroups } from './groups.ts'
import type { Log } from './log.ts'
import { ownRowReads } from './own-rows.ts'

export function messageReads(db: Database): Pick<MessageStore, 'page' | 'get' | 'findById'> {
  const below = db.query<StoredMessage, [number, number, number]>(pageBelow)
  const above = db.query<StoredMessage, [number, number, number]>(pageAbove)
  const at = db.query<StoredMessage, [number, number]>(messageAt)
  const byId = db.query<StoredMessage, [number, Uint8Array]>(messageById)
  return {
    async page({ conversation, before, after, limit }) {
      if (after !== undefined) return above.all(conversation, after, limit).map(readMessage)
      return below
        .all(conversation, before ?? Number.MAX_SAFE_INTEGER, limit)
        .reverse()
        .map(readMessage)
    },
    async get(conversation, seqs) {
      const rows = [...new Set(seqs)].sort((a, b) => a - b).map((seq) => at.get(conversation, seq))
      return rows.flatMap((row) => (row ? readMessage(row) : []))
    },
    async findById(sender, id) {
      const row = byId.get(sender, parseId(id))
      return row && readMessage(row)
    },
  }
}

interface Dated {
  readonly row: MessageRow
  readonly txid: number
}

/** The newest of one conversation, in falling order of seq, each with its last transaction. */
export function newestMessages(db: Database) {
  const newest = db.query<StoredMessage & { txid: number }, [number, number, number]>(
    `SELECT ${messageColumns}, txid FROM messages WHERE conversation = +$1 AND seq > +$2 ORDER BY seq DESC LIMIT +$3`,
  )
  return (conversation: number, fromSeq: number, limit: number): Dated[] =>
    newest.all(conversation, fromSeq, limit).map((row) => ({ row: readMessage(row), txid: row.txid }))
}

/** Those that were changed after they were sent, the latest change first. */
export function changedMessages(db: Database) {
  const changed = db.query<StoredMessage & { txid: number }, [number, number, number]>(
    `SELECT ${messageColumns}, txid FROM messages
     WHERE conversation = +$1 AND changed = 1 AND seq > +$2 ORDER BY rev DESC LIMIT +$3`,
  )
  return (conversation: number, fromSeq: number, limit: number): Dated[] =>
    changed.all(conversation, fromSeq, limit).map((row) => ({ row: readMessage(row), txid: row.txid }))
}

export function messageWrites(db: Database, log: Log) {
  const own = ownRowReads(db)
  const group = findGroups(db)
  const standing = db.query<Standing, [number, number]>(standingOf)
  const byId = db.query<SentMessage, [number, Uint8Array]>(messageById)
  const at = db.query<StoredMessage, [number, number]>(messageAt)

  /** What the right to change a message rests on. */
  function hasMoved(conversation: number, { number, rev, version }: MessageChange['member']): boolean {
    return own.membership(number, conversation)?.rev !== rev || (group(conversation)?.version ?? null) !== version
  }

  return {
    appendMessage(message: NewMessage) {
      const { conversation, sender } = message
      const stands = standing.get(sender, conversation)
      if (!stands) return refuse('not_member')
      const audience = readAudience(conversation, stands)
      if (mayWrite(stands, message.at)) {
        const appended = log.append(message, stands)
        if (appended) return ok<Appended>({ ...appended, at: message.at, duplicate: false, audience })
      }
      // A retry is answered even after the sender lost the right to write: it says what happened then.
      const stored = byId.get(sender, parseId(message.id))
      if (!stored) return refuse(stands.gone === 1 ? 'not_member' : 'not_writable')
      if (!isRetry(stored, message)) return refuse('message_id_conflict')
      return ok<Appended>({ seq: stored.seq, rev: stored.rev, at: stored.at, duplicate: true, audience })
    },
    changeMessage(change: MessageChange) {
      const { conversation, seq, expect, member } = change
      const stored = at.get(conversation, seq)
      const stands = standing.get(member.number, conversation)
      if (!stored || !stands || stored.rev !== expect || hasMoved(conversation, member)) return ok('stale' as const)
      return ok({ row: log.rewrite(readMessage(stored), change), audience: readAudience(conversation, stands) })
    },
  }
}
