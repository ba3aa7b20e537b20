/** Who is there: those with a device connected to any node. Their contacts are told; kept is only when they left. */
import type { Appearance, Status } from '@rookery/protocol'
import { hint, peopleOf } from './announce.ts'
import type { Present, Roll } from './bus-ports.ts'
import type { Ports } from './ports.ts'

/** How long after the last device is cut off somebody still counts as there: a reload is no departure. */
const grace = 2_000

/** `resting`: nobody has touched any of their devices for a while. */
export type Activity = 'active' | 'resting'

interface Device {
  readonly number: number
  readonly session: string
}

/** A device that is connected to this node. */
export interface Arrival {
  rest(resting: boolean): void
  /** `cut`: the connection is gone, and may come back. `ended`: the session is over. */
  leave(how: 'cut' | 'ended'): void
}

export interface Presence {
  arrive(device: Device): Arrival
  /** Those of them who have a device connected, to whichever node. */
  find(numbers: readonly number[]): Promise<ReadonlyMap<number, Activity>>
  /** Those of these sessions that have a socket, on whichever node. */
  findConnected(sessions: readonly string[]): Promise<ReadonlySet<string>>
  /** Somebody's status is another one than before: those who see them are told. */
  tellStatus(number: number, before: Status): void
  /** Forgets everybody and tells nobody; that they were here until now is noted. */
  close(): Promise<void>
}

/** How somebody looks to those who are shown them. */
export function appear(status: Status, activity: Activity | undefined): Appearance {
  if (status === 'invisible' || activity === undefined) return 'offline'
  return status === 'online' && activity === 'resting' ? 'away' : status
}

function without(numbers: readonly number[], others: readonly number[]): number[] {
  const left = new Set(numbers)
  for (const number of others) left.delete(number)
  return [...left]
}

type Standing =
  | { readonly kind: 'here'; readonly devices: Set<{ resting: boolean }> }
  | { readonly kind: 'leaving'; readonly activity: Activity }

interface Look {
  readonly status: Status
  readonly activity: Activity | undefined
}

export function createPresence(ports: Pick<Ports, 'store' | 'bus' | 'rollCall' | 'clock'>): Presence {
  const people = new Map<number, Standing>()
  /** How many sockets each session has. */
  const sessions = new Map<string, number>()
  /** What is being told of somebody: one after the other, so that what is told last was seen last. */
  const telling = new Map<number, Promise<void>>()
  let closed = false
  ports.rollCall.answerWith(findHere)

  function findHere(asked: Roll): Present {
    const here = asked.people.filter((number) => people.has(number))
    return {
      people: here,
      active: here.filter((number) => activityHere(number) === 'active'),
      sessions: asked.sessions.filter((session) => sessions.has(session)),
    }
  }

  function activityHere(number: number): Activity | undefined {
    const standing = people.get(number)
    if (standing?.kind !== 'here') return standing?.activity
    for (const { resting } of standing.devices) if (!resting) return 'active'
    return 'resting'
  }

  async function find(numbers: readonly number[]): Promise<ReadonlyMap<number, Activity>> {
    const present = await ports.rollCall.ask({ people: numbers, sessions: [] })
    const found = new Map<number, Activity>(present.people.map((number) => [number, 'resting']))
    for (const number of present.active) found.set(number, 'active')
    return found
  }

  const findOne = async (number: number) => (await find([number])).get(number)

  /** @param before how somebody looked before what happened, seen from now. */
  function tell(number: number, before: (now: Look) => Appearance): void {
    const earlier = telling.get(number) ?? Promise.resolve()
    const told: Promise<void> = earlier
      .then(() => tellNow(number, before))
      // The store cannot be read just now. It is a hint: whoever looks asks again.
      .catch(() => {})
      .finally(() => {
        if (telling.get(number) === told) telling.delete(number)
      })
    telling.set(number, told)
  }

  /**
   * Until nothing has changed while it was told: another node may tell of the same person at the same moment, and whoever
   * they hid from meanwhile was told too much.
   */
  async function tellNow(number: number, before: (now: Look) => Appearance): Promise<void> {
    let shown: Appearance | null = null
    let told: readonly number[] = []
    for (;;) {
      if (closed) return
      const activity = await findOne(number)
      const { status, to } = await ports.store.contacts.shown(number)
      if (closed) return
      tellOf(number, 'offline', without(told, to))
      const now = appear(status, activity)
      if (now === (shown ?? before({ status, activity }))) return
      shown = now
      told = to
      if (now === 'offline') await ports.store.accounts.noteSeen({ numbers: [number], at: ports.clock.now() })
      tellOf(number, now, to)
    }
  }

  function tellOf(number: number, status: Appearance, to: readonly number[]): void {
    if (to.length > 0) hint(ports, peopleOf(...to), 'presence', { push: 'presence', number, status })
  }

  /** Does something, and tells of it where it makes a difference here. */
  function move(number: number, change: () => void): void {
    const before = activityHere(number)
    change()
    if (activityHere(number) !== before) tell(number, ({ status }) => appear(status, before))
  }

  function add(number: number): { resting: boolean } {
    const standing = people.get(number)
    // A device that comes back after a cut rests as it did, until it says otherwise.
    const device = { resting: standing?.kind === 'leaving' && standing.activity === 'resting' }
    if (standing?.kind === 'here') standing.devices.add(device)
    else people.set(number, { kind: 'here', devices: new Set([device]) })
    return device
  }

  async function forget(number: number, standing: Standing, how: 'cut' | 'ended'): Promise<void> {
    if (how === 'cut') await ports.clock.sleep(grace)
    if (people.get(number) === standing) move(number, () => people.delete(number))
  }

  function leave({ number, session }: Device, device: { resting: boolean }, how: 'cut' | 'ended'): void {
    const standing = people.get(number)
    if (standing?.kind !== 'here' || !standing.devices.has(device)) return
    const left = (sessions.get(session) ?? 0) - 1
    if (left > 0) sessions.set(session, left)
    else sessions.delete(session)
    if (standing.devices.size > 1) return move(number, () => standing.devices.delete(device))
    const leaving: Standing = { kind: 'leaving', activity: device.resting ? 'resting' : 'active' }
    people.set(number, leaving)
    void forget(number, leaving, how)
  }

  return {
    arrive(who) {
      const { number, session } = who
      sessions.set(session, (sessions.get(session) ?? 0) + 1)
      let device = { resting: false }
      move(number, () => {
        device = add(number)
      })
      return {
        rest: (resting) =>
          move(number, () => {
            device.resting = resting
          }),
        leave: (how) => leave(who, device, how),
      }
    },
    find,
    async findConnected(asked) {
      return new Set((await ports.rollCall.ask({ people: [], sessions: asked })).sessions)
    },
    tellStatus: (number, before) => tell(number, ({ activity }) => appear(before, activity)),
    async close() {
      closed = true
      const numbers = [...people.keys()]
      people.clear()
      sessions.clear()
      await Promise.all(telling.values())
      if (numbers.length > 0) await ports.store.accounts.noteSeen({ numbers, at: ports.clock.now() })
    },
  }
}
