/** The answer to `sync`, put together from what a store read in one snapshot: which conversations, and how many rows. */
import type { ChangedConversation, GroupRow, MembershipRow, MessageRow, OwnRows } from '@rookery/protocol'
import type { SyncAnswer, SyncPlace, SyncRequest } from '../core/log-ports.ts'
import type { MemberHead } from './queries/conversations.ts'

export interface Snapshot extends OwnRows {
  readonly txid: number
  /** The person's own. */
  readonly rev: number
  /** Of all conversations of theirs. */
  readonly heads: readonly MemberHead[]
}

interface Dated {
  readonly row: MessageRow
  readonly txid: number
}

/** What a conversation's head does not say. */
export interface Described {
  readonly unread: number
  readonly mentioned: number
  /** The newest ones, in falling order of seq: as many as `messageLimit` says. */
  readonly newest: readonly Dated[]
  /** Those changed after they were sent, the latest change first: as many as `changeLimit` says. */
  readonly changed: readonly Dated[]
  readonly group: GroupRow | null
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
    add(head, { unread, mentioned, newest, changed, group }) {
      const { conversation, last_seq, rev } = head
      const older = pickChanged(changed, newest, request, conversation)
      const stale = hasLeftOver(changed, request, conversation)
      const messages = [...(stale ? [] : older), ...pickLacking(newest, request, conversation)]
      conversations.push({ conversation, last_seq, rev, unread, mentioned, messages, stale, ...(group && { group }) })
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

/** How many changed ones to read: one more than may be told, and none for a device that holds nothing. */
export function changeLimit({ heads, after, changes }: SyncRequest, conversation: number): number {
  return !heads.has(conversation) && after < 0 ? 0 : changes + 1
}

/** What a device lacks of the newest, in order of seq; and the newest one anyway, so that a list can show it. */
function pickLacking(newest: readonly Dated[], request: SyncRequest, conversation: number): MessageRow[] {
  const isLacked = isLackedBy(request, conversation)
  return newest
    .filter((message, index) => index === 0 || isLacked(message))
    .map(({ row }) => row)
    .reverse()
}

/** What a device lacks of the changes to older ones, in order of seq. */
function pickChanged(
  changed: readonly Dated[],
  newest: readonly Dated[],
  request: SyncRequest,
  conversation: number,
): MessageRow[] {
  const below = newest.at(-1)?.row.seq ?? 0
  const older = changed.filter(isLackedBy(request, conversation)).filter(({ row }) => row.seq < below)
  return older.map(({ row }) => row).sort((a, b) => a.seq - b.seq)
}

/** More changed than may be told: the earliest of those that were read, one too many, is lacked too. */
function hasLeftOver(changed: readonly Dated[], request: SyncRequest, conversation: number): boolean {
  return changed.length > request.changes && changed.slice(-1).every(isLackedBy(request, conversation))
}

function isLackedBy({ heads, after }: SyncRequest, conversation: number): (message: Dated) => boolean {
  const told = heads.get(conversation)
  return ({ row, txid }) => (told === undefined ? txid > after : row.rev > told)
}

/** The own rows up to the rev below which nothing is left over. */
function cutOwnRows({ rows }: SyncRequest, { rev, contacts, memberships, requests, settings }: Snapshot) {
  const full = [contacts, memberships, requests].filter((list) => list.length === rows)
  const reached = full.length > 0 ? Math.min(...full.map((list) => list.at(-1)?.rev ?? 0)) : rev
  const isReached = (row: { readonly rev: number }) => row.rev <= reached
  return {
    rev: reached,
    contacts: contacts.filter(isReached),
    memberships: memberships.filter(isReached),
    requests: requests.filter(isReached),
    settings: settings.filter(isReached),
    moreRows: full.length > 0,
  }
}

/** Before every conversation in the order of the answer. */
const start: SyncPlace = { txid: 999_999_999_999_999, conversation: 0 }

/** Those whose rev was told and that have moved; then those that changed since, newest first, below the last page. */
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
