/** Who is online: those with a device connected to any node. A hint, told to contacts, kept nowhere. */
import { ok, type Answer } from '@rookery/protocol'
import { hint } from './announce.ts'
import type { Roll } from './bus-ports.ts'
import { StoreUnavailable, type Ports } from './ports.ts'

/** How long after the last device is cut off somebody still counts as online: a reload is no departure. */
const grace = 2_000

interface Device {
  readonly number: number
  readonly session: string
}

export interface Presence {
  /** A device has connected to this node. */
  arrive(device: Device): void
  /** `cut`: the connection is gone, and may come back. `ended`: the session is over. */
  leave(device: Device, how: 'cut' | 'ended'): void
  /** Those of them who have a device connected, to whichever node. */
  findOnline(numbers: readonly number[]): Promise<ReadonlySet<number>>
  /** Those of these sessions that have a socket, on whichever node. */
  findConnected(sessions: readonly string[]): Promise<ReadonlySet<string>>
  /** Forgets everybody and tells nobody. */
  close(): void
}

type Standing = { readonly kind: 'online'; connections: number } | { readonly kind: 'leaving' }

export function createPresence(ports: Pick<Ports, 'store' | 'bus' | 'rollCall' | 'clock'>): Presence {
  const people = new Map<number, Standing>()
  /** How many sockets each session has. */
  const sessions = new Map<string, number>()
  ports.rollCall.answerWith(findHere)

  function findHere(asked: Roll): Roll {
    return {
      people: asked.people.filter((number) => people.has(number)),
      sessions: asked.sessions.filter((session) => sessions.has(session)),
    }
  }

  async function findOnline(numbers: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set((await ports.rollCall.ask({ people: numbers, sessions: [] })).people)
  }

  const isOnline = async (number: number) => (await findOnline([number])).has(number)

  async function tellContacts(number: number, online: boolean, isStillSo: () => boolean): Promise<void> {
    const friends = await ports.store.contacts.friends(number)
    if (isStillSo() && friends.length > 0) hint(ports, friends, 'presence', { push: 'presence', number, online })
  }

  async function forget(number: number, standing: Standing, how: 'cut' | 'ended'): Promise<void> {
    if (how === 'cut') await ports.clock.sleep(grace)
    if (people.get(number) !== standing) return
    people.delete(number)
    if (await isOnline(number)) return
    await tellContacts(number, false, () => !people.has(number))
    // Somebody may have come to another node, and been told of, between the question and the telling.
    if (await isOnline(number)) await tellContacts(number, true, () => true)
  }

  return {
    arrive({ number, session }) {
      sessions.set(session, (sessions.get(session) ?? 0) + 1)
      const standing = people.get(number)
      if (standing?.kind === 'online') return void (standing.connections += 1)
      people.set(number, { kind: 'online', connections: 1 })
      if (!standing) tellContacts(number, true, () => people.has(number)).catch(giveUp)
    },
    leave({ number, session }, how) {
      const standing = people.get(number)
      const left = (sessions.get(session) ?? 0) - 1
      if (standing?.kind !== 'online' || left < 0) return
      if (left > 0) sessions.set(session, left)
      else sessions.delete(session)
      standing.connections -= 1
      if (standing.connections > 0) return
      const leaving: Standing = { kind: 'leaving' }
      people.set(number, leaving)
      forget(number, leaving, how).catch(giveUp)
    },
    findOnline,
    async findConnected(asked) {
      return new Set((await ports.rollCall.ask({ people: [], sessions: asked })).sessions)
    },
    close() {
      people.clear()
      sessions.clear()
    },
  }
}

/** The store was away for too long: a hint may be lost, and devices ask again by themselves. Bugs stay bugs. */
function giveUp(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error
}

export async function listPresence(
  { store, presence }: Pick<Ports, 'store'> & { readonly presence: Presence },
  { number }: Pick<Device, 'number'>,
): Promise<Answer<'presence.list'>> {
  const online = await presence.findOnline(await store.contacts.friends(number))
  return ok({ online: [...online] })
}
