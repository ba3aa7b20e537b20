/** What both stores ask about conversations and who is in them. */
import type { Head } from '@rookery/protocol'
import type { Audience } from '../../core/log-ports.ts'

export interface MemberHead extends Head {
  readonly kind: 'direct' | 'group'
  /** The last transaction that changed the conversation. */
  readonly txid: number
  readonly from_seq: number
  readonly read_seq: number
}

/** What decides whether somebody may write, and whom it goes to. */
export interface Standing {
  readonly kind: 'direct' | 'group'
  readonly low: number | null
  readonly high: number | null
  readonly last_seq: number
  readonly rev: number
  readonly silenced: number
  readonly writable: number
  readonly rank: number
  readonly silenced_until: number
  readonly gone: number
}

export const headsOf = `SELECT v.conversation, v.kind, v.last_seq, v.rev, v.txid, m.from_seq, m.read_seq
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = +$1 AND m.gone = 0`
export const standingOf = `SELECT v.kind, v.low, v.high, v.last_seq, v.rev, v.silenced,
    m.writable, m.rank, m.silenced_until, m.gone
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation
  WHERE m.owner = +$1 AND m.conversation = +$2`
/** One more than are asked for tells that there are too many. */
export const readersOf = `SELECT owner AS number, read_seq FROM memberships
  WHERE conversation = +$1 AND gone = 0 ORDER BY owner LIMIT +$2`
export const ownRev = 'SELECT rev FROM accounts WHERE number = $1'
export const directConversation = 'SELECT conversation FROM conversations WHERE low = $1 AND high = $2'
export const audienceOf = 'SELECT kind, low, high FROM conversations WHERE conversation = $1'
export const countUnread = `SELECT count(*) AS count FROM (SELECT 1 FROM messages
  WHERE conversation = +$1 AND seq > +$2 AND sender <> +$3 AND quiet = 0 LIMIT +$4)`
/** The newest mention past the pointer, by somebody else. */
export const newestMention = `SELECT coalesce(max(n.seq), 0) AS seq FROM mentions n
  JOIN messages s ON s.conversation = n.conversation AND s.seq = n.seq
  WHERE n.conversation = +$1 AND n.number IN (0, +$2) AND n.seq > +$3 AND s.sender <> +$2`

/** Readers come with one more than may be shown. */
export function showReaders<Reader>(found: readonly Reader[], most: number): Reader[] {
  return found.length > most ? [] : [...found]
}

/** Whether the stored rows let somebody write; `rank` 2 is a member's. */
export function mayWrite({ writable, gone, silenced, rank, silenced_until }: Standing, at: number): boolean {
  return writable === 1 && gone === 0 && silenced_until <= at && (silenced === 0 || rank < 2)
}

export function readAudience(
  conversation: number,
  { kind, low, high }: Pick<Standing, 'kind' | 'low' | 'high'>,
): Audience {
  if (kind === 'group' || low === null || high === null) return { kind: 'group', conversation }
  return { kind: 'people', numbers: low === high ? [low] : [low, high] }
}
