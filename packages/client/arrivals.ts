/** Rows that come by themselves, or as an answer: applied if they are the next ones, else all that is missing is asked for. */
import type { GroupRow, MembershipRow, MessageRow, OperationName, OwnRows } from '@rookery/protocol'
import { applyGroup, applyHidden, applyMessage } from './apply.ts'
import type { Held } from './held.ts'
import { applyOwnRows } from './own-rows.ts'
import type { Sync } from './sync.ts'

export interface ArrivalParts {
  held(): Held
  set(held: Held, rows?: readonly MessageRow[]): void
  readonly sync: Sync
}

export interface Arrivals {
  /** @param group as it is since this message. */
  message(row: MessageRow, group?: GroupRow): void
  /** The rev of a change that is not for this person. */
  hidden(conversation: number, rev: number): void
  ownRows(rows: OwnRows): void
  membership(row: MembershipRow): void
  /** What a request causes reaches the one who asked as the answer. */
  answer(name: OperationName, value: unknown): void
  /** Asks for the unread count where it cannot be told from what is held. */
  recount(conversation: number): void
}

export function createArrivals({ held, set, sync }: ArrivalParts): Arrivals {
  const isUncounted = (id: number) => held().state.conversations.get(id)?.compared === 'uncounted'

  function message(row: MessageRow, group?: GroupRow): void {
    sync.noteTouch()
    const next = applyMessage(held().state, row)
    const isForUs = row.seq > (held().state.conversations.get(row.conversation)?.from_seq ?? 0)
    if (next) set({ ...held(), state: group ? applyGroup(next, group) : next }, isForUs ? [row] : [])
    if (!next || isUncounted(row.conversation)) void sync.compare()
  }

  function ownRows(rows: OwnRows): void {
    sync.noteTouch()
    const next = applyOwnRows(held(), rows)
    // A conversation that is new here may be an old one.
    const isNew = (row: MembershipRow) =>
      !held().state.conversations.has(row.conversation) && !(row.kind === 'group' && row.left)
    const isComplete = next !== null && !rows.memberships.some(isNew)
    if (next) set(next)
    if (!isComplete || rows.memberships.some((row) => isUncounted(row.conversation))) void sync.compare()
  }

  function membership(row: MembershipRow): void {
    ownRows({ contacts: [], memberships: [row], requests: [], settings: [] })
  }

  return {
    message,
    hidden(conversation, rev) {
      sync.noteTouch()
      const next = applyHidden(held().state, conversation, rev)
      if (next) set({ ...held(), state: next })
      else void sync.compare()
    },
    ownRows,
    membership,
    answer(name, value) {
      if (name === 'messages.edit' || name === 'messages.recall' || name === 'messages.react')
        return message(value as MessageRow)
      if (name === 'conversations.arrange') return membership(value as MembershipRow)
      if (name === 'groups.configure') set({ ...held(), state: applyGroup(held().state, value as GroupRow) })
    },
    recount(id) {
      if (isUncounted(id)) void sync.compare()
    },
  }
}
