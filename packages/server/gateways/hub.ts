/** Who is connected to this node: each person's sockets, and what the bus brings for them and for their groups. */
import { closeCodes } from '@rookery/protocol'
import { topicOf } from '../core/announce.ts'
import type { Bus, BusEvent, HintAbout } from '../core/bus-ports.ts'
import type { User } from '../core/context.ts'
import type { Presence } from '../core/presence.ts'
import { createGroupEars, type GroupsOf } from './group-ears.ts'

/** As much of a socket as the hub needs. */
export interface Socket {
  /** Unique among all nodes; null where it does not matter. */
  readonly id: string | null
  send(frame: string): void
  /** Sent if the socket watches what it is about and keeps up; of two with one key the later one. */
  hint(about: HintAbout, key: string, frame: string): void
  end(closeCode: number): void
}

export interface Attached {
  /** Whether nobody has touched this device for a while. */
  rest(resting: boolean): void
  detach(how: 'cut' | 'ended'): void
  /** Resolves once the socket hears all that its user gets, groups too; who looks at the store then misses nothing. */
  readonly listening: Promise<void>
}

export interface Hub {
  /** From now on the socket gets what its user gets. */
  attach(socket: Socket, user: User): Attached
  /** People with a socket here. */
  readonly people: number
  /** Every socket, with its session. */
  list(): [Socket, string][]
  /** Asks anew which groups people are in: events that said so may be lost. */
  checkGroups(): Promise<void>
}

interface Person {
  readonly sockets: Map<Socket, string>
  readonly listening: Promise<void>
  readonly unsubscribe: () => void
}

export function createHub(bus: Bus, presence: Presence, groupsOf: GroupsOf): Hub {
  const people = new Map<number, Person>()
  const ears = createGroupEars(bus, groupsOf, (number, event) => receive(people.get(number)?.sockets ?? none, event))

  function add(number: number): Person {
    const sockets = new Map<Socket, string>()
    const unsubscribe = bus.subscribe(topicOf(number), (event) => {
      if (event.kind === 'groups') ears.change(number, event)
      else receive(sockets, event)
    })
    const person = { sockets, unsubscribe, listening: ears.open(number) }
    people.set(number, person)
    return person
  }

  return {
    attach(socket, user) {
      const person = people.get(user.number) ?? add(user.number)
      person.sockets.set(socket, user.session)
      const arrival = presence.arrive(user)
      return {
        rest: arrival.rest,
        listening: person.listening,
        detach(how) {
          if (!person.sockets.delete(socket)) return
          arrival.leave(how)
          if (person.sockets.size > 0) return
          person.unsubscribe()
          people.delete(user.number)
          ears.close(user.number)
        },
      }
    },
    get people() {
      return people.size
    },
    list: () => [...people.values()].flatMap(({ sockets }) => [...sockets]),
    checkGroups: ears.check,
  }
}

const none: ReadonlyMap<Socket, string> = new Map()

function receive(sockets: ReadonlyMap<Socket, string>, event: BusEvent): void {
  switch (event.kind) {
    case 'frame':
      for (const socket of sockets.keys())
        if (event.except === null || socket.id !== event.except) socket.send(event.frame)
      return
    case 'hint':
      for (const socket of sockets.keys()) socket.hint(event.about, event.key, event.frame)
      return
    case 'groups':
      return
    case 'sessions_ended':
      for (const [socket, session] of sockets) {
        const isExcepted = event.except !== null && socket.id === event.except
        if (event.sessions.includes(session) && !isExcepted) socket.end(closeCodes.sessionRevoked)
      }
  }
}
