/** Who is in whose list. Both sides change together, and with them the right to write to each other. */
import {
  LIMITS,
  ok,
  refuse,
  type Answer,
  type Checked,
  type ContactRow,
  type ContactState,
  type Result,
} from '@rookery/protocol'
import { announceOwnRows } from './announce.ts'
import type { Context, User } from './context.ts'
import { foldName } from './names.ts'
import type { RowChange } from './own-row-ports.ts'
import type { Account } from './ports.ts'
import { showEachOther } from './shown-presence.ts'

export async function findPeople(
  { store }: Context,
  user: User,
  { query }: Checked<'people.find'>,
): Promise<Answer<'people.find'>> {
  const folded = foldName(query)
  const people = folded === '' ? [] : await store.accounts.search(folded, LIMITS.foundPeople)
  return ok({ people: people.filter(({ number }) => number !== user.number) })
}

export async function request(
  context: Context,
  user: User,
  { number, greeting }: Checked<'contacts.request'>,
): Promise<Answer<'contacts.request'>> {
  const asked = number === user.number ? null : await context.store.accounts.find(number)
  if (!asked) return refuse('not_found')
  const cannotAsk = await isWithoutRequests(context, user, asked)
  return changeBothSides(context, user.number, number, async ({ mine, isFirst, isBlocked }) => {
    if (mine === 'friend') return refuse('already_contacts')
    // Who is blocked learns nothing from it.
    if (isBlocked) return refuse('not_found')
    if (await isFull(context, user.number)) return refuse('too_many_contacts')
    if (mine === 'incoming') return ok({ mine: 'friend', theirs: 'friend', greeting })
    if (context.policy.contacts === 'request' && !(isFirst && cannotAsk)) {
      // Asked already: asking again tells them nothing.
      return mine === 'outgoing' ? refuse('already_asked') : ok({ mine: 'outgoing', theirs: 'incoming', greeting })
    }
    // Nobody asks them: so nobody may fill their list past its end either.
    if (await isFull(context, number)) return refuse('too_many_contacts')
    return ok({ mine: 'friend', theirs: 'friend', greeting })
  })
}

/**
 * Whether one of the two has an old client, which knows no requests: on the old campus anybody wrote to anybody. Only
 * the first time: whoever deleted or refused the other is asked properly from then on.
 */
async function isWithoutRequests({ store, policy }: Context, user: User, asked: Account): Promise<boolean> {
  if (policy.legacyContacts === 'request' || !asked.legacy) return false
  return user.legacy || (await store.sessions.list(asked.number)).some(({ legacy }) => legacy)
}

export async function answer(
  context: Context,
  user: User,
  { number, accept }: Checked<'contacts.answer'>,
): Promise<Answer<'contacts.answer'>> {
  return changeBothSides(context, user.number, number, async ({ mine }) => {
    if (mine !== 'incoming') return refuse('not_found')
    if (!accept) return ok({ mine: 'none', theirs: 'none', greeting: '' })
    if (await isFull(context, user.number)) return refuse('too_many_contacts')
    return ok({ mine: 'friend', theirs: 'friend', greeting: '' })
  })
}

/** Two people whom an administrator brings together, as when old lists are imported. */
export async function join(
  context: Context,
  _: User,
  { one, other }: Checked<'contacts.join'>,
): Promise<Answer<'contacts.join'>> {
  const { accounts } = context.store
  if (one === other || !(await accounts.find(one)) || !(await accounts.find(other))) return refuse('not_found')
  return changeBothSides(context, one, other, async ({ mine }) => {
    if (mine === 'friend') return refuse('already_contacts')
    if ((await isFull(context, one)) || (await isFull(context, other))) return refuse('too_many_contacts')
    return ok({ mine: 'friend', theirs: 'friend', greeting: '' })
  })
}

export async function remove(
  context: Context,
  user: User,
  { number }: Checked<'contacts.remove'>,
): Promise<Answer<'contacts.remove'>> {
  const removed = await changeBothSides(context, user.number, number, async ({ mine }) =>
    mine === 'none' ? refuse('not_found') : ok({ mine: 'none', theirs: 'none', greeting: '' }),
  )
  return removed.ok ? ok({}) : removed
}

async function isFull({ store }: Context, owner: number): Promise<boolean> {
  return (await store.contacts.count(owner)) >= LIMITS.contacts
}

interface Sides {
  readonly mine: ContactState
  readonly theirs: ContactState
}

interface Before extends Sides {
  readonly isFirst: boolean
  /** By the other one. */
  readonly isBlocked: boolean
}

type Decide = (before: Before) => Promise<Result<Sides & { greeting: string }>>

/**
 * Reads both sides, decides, and writes both at once, if neither has moved meanwhile; else begins again. So two
 * people who ask each other at the same moment become contacts, and no order of calls leaves the sides apart.
 */
async function changeBothSides(
  context: Context,
  me: number,
  peer: number,
  decide: Decide,
): Promise<Result<{ state: ContactState }>> {
  const { store, clock } = context
  for (;;) {
    const [mine, theirs] = await Promise.all([store.contacts.find(me, peer), store.contacts.find(peer, me)])
    const decided = await decide({
      mine: stateOf(mine),
      theirs: stateOf(theirs),
      isFirst: mine === null,
      isBlocked: theirs?.blocked ?? false,
    })
    if (!decided.ok) return decided
    const after = decided.value
    const side = (owner: number, other: number, state: ContactState, row: ContactRow | null): RowChange => ({
      row: 'contact',
      owner,
      peer: other,
      set: { state, greeting: after.greeting, at: clock.now() },
      expect: row?.rev ?? 0,
    })
    const isOpen = after.mine === 'friend' && !mine?.blocked && !theirs?.blocked
    const rights = await changeRights(context, me, peer, isOpen)
    if (!rights.ok) return rights
    const changed = await store.contacts.change([
      side(me, peer, after.mine, mine),
      side(peer, me, after.theirs, theirs),
      ...rights.value,
    ])
    if (!changed.ok) return changed
    if (changed.value === 'stale') continue
    announceOwnRows(context, changed.value)
    if (after.mine === 'friend' || stateOf(mine) === 'friend') showEachOther(context, me, peer)
    return ok({ state: after.mine })
  }
}

/** The right to write in the conversation of two people, on both sides; nothing where it is as it should be. */
export async function changeRights(
  { store }: Context,
  one: number,
  other: number,
  writable: boolean,
): Promise<Result<RowChange[]>> {
  const opened = await store.conversations.openDirect({ one, other })
  if (!opened.ok) return opened
  const { conversation } = opened.value
  const changes = await Promise.all(
    [one, other].map(async (owner): Promise<RowChange[]> => {
      const row = await store.conversations.membership(owner, conversation)
      const unchanged = row ? row.writable === writable : !writable
      return unchanged ? [] : [{ row: 'membership', owner, conversation, set: { writable }, expect: row?.rev ?? 0 }]
    }),
  )
  return ok(changes.flat())
}

function stateOf(row: ContactRow | null): ContactState {
  return row?.state ?? 'none'
}
