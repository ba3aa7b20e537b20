/** What both stores ask about conversations and who is in them. */
import type { Head } from '@rookery/protocol'

export interface MemberHead extends Head {
  /** The last transaction that changed the conversation. */
  readonly txid: number
  readonly read_seq: number
}

export const headsOf = `SELECT v.conversation, v.last_seq, v.rev, v.txid, m.read_seq
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = +$1`
export const readersOf = 'SELECT owner AS number, read_seq FROM memberships WHERE conversation = $1 ORDER BY owner'
export const ownRev = 'SELECT rev FROM accounts WHERE number = $1'
export const directConversation = 'SELECT conversation FROM conversations WHERE low = $1 AND high = $2'
