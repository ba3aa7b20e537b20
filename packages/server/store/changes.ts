/** The answer to `sync`, put together from what a store read in one snapshot: which conversations, and how many rows. */
import type { ChangedConversation, ContactRow, MembershipRow, MessageRow } from '@rookery/protocol'
import type { SyncAnswer, SyncPlace, SyncRequest } from '../core/ports.ts'
import type { MemberHead } from './queries/conversations.ts'

export interface Snapshot {
  readonly txid: number
  /** The person's own. */
  readonly rev: number
  /** Of all conversations of theirs. */
  readonly heads: readonly MemberHead[]
  /** After the request's rev, as many as it has room for. */
  readonly contacts: readonly ContactRow[]
  readonly memberships: readonly MembershipRow[]
}

/** What a conversation's head does not say. */
export interface Described {
  readonly unread: number
  /** The newest ones, in falling order of seq: as many as `messageLimit` says. */
  readonly newest: readonly { readonly row: MessageRow; readonly txid: number }[]
}

export interface Draft {
  /** In the order of the answer; it may be full before the last. */
  readonly wanted: readonly MemberHead[]
  isFull(): boolean
  add(head: MemberHead, described: Described): void
  /** Conversations whose memberships must come, though there is no room for them in the order of revs. */
  readonly unlisted: readonly number[]
  /** @param unlisted the memberships of those. */
  finish(unlisted: readonly MembershipRow[]): SyncAnswer
}

export function draftAnswer(request: SyncRequest, snapshot: Snapshot): Draft {
  const { heads, after, rows, length } = request
  const wanted = selectChanged(snapshot.heads, request)
  const own = cutOwnRows(request, snapshot)
  const conversations: ChangedConversation[] = []
  let size = 0
  let last: MemberHead | null = null
  return {
    wanted,
    isFull: () => conversations.length === rows || size > length,
    add(head, { unread, newest }) {
      const { conversation, last_seq, rev } = head
      const messages = pickLacking(newest, request, conversation)
      conversations.push({ conversation, last_seq, rev, unread, messages })
      size += JSON.stringify(messages).length
      if (!heads.has(conversation)) last = head
    },
    get unlisted() {
      return own.moreRows ? conversations.map(({ conversation }) => conversation) : []
    },
    finish(unlisted) {
      const isComplete = conversations.length === wanted.length
      return {
        txid: snapshot.txid,
        ...own,
        memberships: [...own.memberships, ...unlisted.filter((row) => row.rev > own.rev)],
        conversations,
        total: snapshot.heads.reduce((sum, head) => sum + head.rev, 0),
        moreBelow: isComplete ? null : last ? placeOf(last) : (request.below ?? start),
        ahead:
          snapshot.heads.some(({ conversation, rev }) => (heads.get(conversation) ?? 0) > rev) ||
          request.rev > snapshot.rev ||
          after > snapshot.txid,
      }
    },
  }
}

/** How many messages to read of one conversation: a device that holds nothing shows a list first. */
export function messageLimit({ heads, after, messages }: SyncRequest, conversation: number): number {
  return !heads.has(conversation) && after < 0 ? 1 : messages
}

/** What a device lacks of them, in order of seq: at least the newest one, so that a list can show it. */
function pickLacking(newest: Described['newest'], { heads, after }: SyncRequest, conversation: number): MessageRow[] {
  const told = heads.get(conversation)
  const lacking = newest.filter(({ row, txid }) => (told === undefined ? txid > after : row.rev > told))
  return (lacking.length > 0 ? lacking : newest.slice(0, 1)).map(({ row }) => row).reverse()
}

/** The own rows up to the rev below which nothing is left over. */
function cutOwnRows({ rows }: SyncRequest, { rev, contacts, memberships }: Snapshot) {
  const cut = [contacts, memberships].filter((list) => list.length === rows).map((list) => list.at(-1)?.rev ?? 0)
  const reached = cut.length > 0 ? Math.min(...cut) : rev
  return {
    rev: reached,
    contacts: contacts.filter((row) => row.rev <= reached),
    memberships: memberships.filter((row) => row.rev <= reached),
    moreRows: cut.length > 0,
  }
}

/** Before every conversation in the order of the answer. */
const start: SyncPlace = { txid: 999_999_999_999_999, conversation: 0 }

/** Those whose rev the device told and that have moved; then those that changed since, newest first, below the last page. */
function selectChanged(all: readonly MemberHead[], { heads, after, below }: SyncRequest): MemberHead[] {
  const told = all.filter(({ conversation, rev }) => rev > (heads.get(conversation) ?? rev))
  const listed = all
    .filter((head) => !heads.has(head.conversation) && head.txid > after && (!below || comparePlaces(below, head) < 0))
    .sort(comparePlaces)
  return [...told, ...listed]
}

function comparePlaces(one: SyncPlace, other: SyncPlace): number {
  return other.txid - one.txid || other.conversation - one.conversation
}

function placeOf({ txid, conversation }: MemberHead): SyncPlace {
  return { txid, conversation }
}
