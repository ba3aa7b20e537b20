/** Who sees whom as there: statuses, and people to whom somebody does not want to be shown. */
import { ok, type Answer, type Appearance, type Checked } from '@rookery/protocol'
import { announceOwnRows, hint, peopleOf } from './announce.ts'
import type { Context, User } from './context.ts'
import { appear } from './presence.ts'

export async function listPresence({ store, presence }: Context, { number }: User): Promise<Answer<'presence.list'>> {
  const seen = await store.contacts.seenBy(number, 'all')
  const activities = await presence.find(seen.map((one) => one.number))
  const people = seen.map((one) => ({ number: one.number, status: appear(one.status, activities.get(one.number)) }))
  return ok({ people: people.filter(({ status }) => status !== 'offline') })
}

/** Of whom one may not see, it says no more than of whom it knows nothing. */
export async function readPresence(
  { store, presence }: Context,
  user: User,
  { numbers }: Checked<'presence.read'>,
): Promise<Answer<'presence.read'>> {
  const [activities, seen] = await Promise.all([presence.find(numbers), store.contacts.seenBy(user.number, numbers)])
  const known = new Map(seen.map((one) => [one.number, one]))
  return ok({
    people: numbers.map((number) => {
      const one = known.get(number)
      const status = one ? appear(one.status, activities.get(number)) : 'offline'
      return { number, status, last_seen: status === 'offline' ? (one?.last_seen ?? 0) : 0 }
    }),
  })
}

/** Answers only: the door that the socket came by tells its device's presence. */
export async function rest(_: Context, __: User, { resting }: Checked<'hints.rest'>): Promise<Answer<'hints.rest'>> {
  return ok({ resting })
}

export async function setStatus(
  { store, bus, presence, clock }: Context,
  { number }: User,
  { status }: Checked<'accounts.setStatus'>,
): Promise<Answer<'accounts.setStatus'>> {
  for (;;) {
    const before = await store.contacts.settings(number)
    if (before.status === status) return ok({ status })
    // To others whoever turns invisible leaves now.
    if (status === 'invisible' && (await presence.find([number])).has(number)) {
      const noted = await store.accounts.noteSeen({ numbers: [number], at: clock.now() })
      if (!noted.ok) return noted
    }
    const changed = await store.contacts.change([
      { row: 'settings', owner: number, set: { status }, expect: before.rev },
    ])
    if (!changed.ok) return changed
    if (changed.value === 'stale') continue
    announceOwnRows({ bus }, changed.value)
    presence.tellStatus(number, before.status)
    return ok({ status })
  }
}

/** Two who became contacts learn whether the other is there; two who were see each other no longer. */
export function showEachOther(context: Context, one: number, other: number): void {
  for (const [number, to] of [
    [one, other],
    [other, one],
  ] as const)
    show(context, number, to).catch(unheard)
}

/** After somebody hid from another, or stopped to. Nothing is told of whoever does not seem to be there anyway. */
export function showAnew(context: Context, number: number, to: number): void {
  showWhoIsThere(context, number, to).catch(unheard)
}

async function showWhoIsThere(context: Context, number: number, to: number): Promise<void> {
  const [activities, { status }] = await Promise.all([
    context.presence.find([number]),
    context.store.contacts.settings(number),
  ])
  if (appear(status, activities.get(number)) !== 'offline') await show(context, number, to)
}

/** The store cannot be read just now. It is a hint: whoever looks asks again. */
function unheard(): void {}

/**
 * First asks the nodes, then the store: whether the one is shown to the other may have changed meanwhile. And again
 * after it was told, until that is how it stands: who came while it was asked was told of already, and is not to be
 * taken for gone.
 */
async function show(context: Context, number: number, to: number): Promise<void> {
  let told: Appearance | null = null
  for (;;) {
    const activities = await context.presence.find([number])
    const [seen] = await context.store.contacts.seenBy(to, [number])
    const status = seen ? appear(seen.status, activities.get(number)) : 'offline'
    if (status === told) return
    told = status
    hint(context, peopleOf(to), 'presence', { push: 'presence', number, status })
  }
}
