/** Who is online: those with a connected device. A hint, told to contacts, kept nowhere. */
import { ok, type Answer } from '@rookery/protocol'
import { hint } from './announce.ts'
import type { Ports } from './ports.ts'

/** How long after the last device is cut off somebody still counts as online: a reload is no departure. */
const grace = 2_000

interface Device {
  readonly number: number
  readonly session: string
}

export interface Presence {
  arrive(device: Device): void
  /** `cut`: the connection is gone, and may come back. `ended`: the session is over. */
  leave(device: Device, how: 'cut' | 'ended'): void
  isOnline(number: number): boolean
  isConnected(number: number, session: string): boolean
  /** Forgets everybody and tells nobody. */
  close(): void
}

type Standing = { readonly kind: 'online'; readonly connections: Map<string, number> } | { readonly kind: 'leaving' }

export function createPresence(ports: Pick<Ports, 'store' | 'bus' | 'clock'>): Presence {
  const people = new Map<number, Standing>()

  async function tellContacts(number: number, online: boolean): Promise<void> {
    const friends = await ports.store.contacts.friends(number)
    if (people.has(number) === online && friends.length > 0)
      hint(ports, friends, 'presence', { push: 'presence', number, online })
  }

  async function forget(number: number, standing: Standing, how: 'cut' | 'ended'): Promise<void> {
    if (how === 'cut') await ports.clock.sleep(grace)
    if (people.get(number) !== standing) return
    people.delete(number)
    await tellContacts(number, false)
  }

  return {
    arrive({ number, session }) {
      const standing = people.get(number)
      if (standing?.kind === 'online') {
        standing.connections.set(session, (standing.connections.get(session) ?? 0) + 1)
        return
      }
      people.set(number, { kind: 'online', connections: new Map([[session, 1]]) })
      if (!standing) void tellContacts(number, true)
    },
    leave({ number, session }, how) {
      const standing = people.get(number)
      if (standing?.kind !== 'online') return
      const left = (standing.connections.get(session) ?? 0) - 1
      if (left > 0) standing.connections.set(session, left)
      else standing.connections.delete(session)
      if (standing.connections.size > 0) return
      const leaving: Standing = { kind: 'leaving' }
      people.set(number, leaving)
      void forget(number, leaving, how)
    },
    isOnline: (number) => people.has(number),
    isConnected(number, session) {
      const standing = people.get(number)
      return standing?.kind === 'online' && standing.connections.has(session)
    },
    close: () => people.clear(),
  }
}

export async function listPresence(
  { store, presence }: Pick<Ports, 'store'> & { readonly presence: Presence },
  { number }: Device,
): Promise<Answer<'presence.list'>> {
  const friends = await store.contacts.friends(number)
  return ok({ online: friends.filter((friend) => presence.isOnline(friend)) })
}
