/** Who is connected to this node: each person's sockets, and what the bus brings for them. */
import { closeCodes } from '@rookery/protocol'
import { topicOf } from '../core/announce.ts'
import type { Bus, BusEvent, HintAbout } from '../core/bus-ports.ts'
import type { User } from '../core/context.ts'
import type { Presence } from '../core/presence.ts'

/** As much of a socket as the hub needs. */
export interface Socket {
  /** Unique among all nodes; null where it does not matter. */
  readonly id: string | null
  send(frame: string): void
  /** Sent if the socket watches what it is about and keeps up; of two with one key the later one. */
  hint(about: HintAbout, key: string, frame: string): void
  end(closeCode: number): void
}

export interface Hub {
  /** From now on the socket gets what its user gets. Returns the way to stop. */
  attach(socket: Socket, user: User): (how: 'cut' | 'ended') => void
  /** People with a socket here. */
  readonly people: number
  /** Every socket, with its session. */
  list(): [Socket, string][]
}

interface Person {
  readonly sockets: Map<Socket, string>
  readonly unsubscribe: () => void
}

export function createHub(bus: Bus, presence: Presence): Hub {
  const people = new Map<number, Person>()

  function add(number: number): Person {
    const sockets = new Map<Socket, string>()
    const person = { sockets, unsubscribe: bus.subscribe(topicOf(number), (event) => receive(sockets, event)) }
    people.set(number, person)
    return person
  }

  return {
    attach(socket, user) {
      const person = people.get(user.number) ?? add(user.number)
      person.sockets.set(socket, user.session)
      presence.arrive(user)
      return (how) => {
        if (!person.sockets.delete(socket)) return
        presence.leave(user, how)
        if (person.sockets.size > 0) return
        person.unsubscribe()
        people.delete(user.number)
      }
    },
    get people() {
      return people.size
    },
    list: () => [...people.values()].flatMap(({ sockets }) => [...sockets]),
  }
}

function receive(sockets: Map<Socket, string>, event: BusEvent): void {
  switch (event.kind) {
    case 'frame':
      for (const socket of sockets.keys())
        if (event.except === null || socket.id !== event.except) socket.send(event.frame)
      return
    case 'hint':
      for (const socket of sockets.keys()) socket.hint(event.about, event.key, event.frame)
      return
    case 'sessions_ended':
      for (const [socket, session] of sockets) {
        const isExcepted = event.except !== null && socket.id === event.except
        if (event.sessions.includes(session) && !isExcepted) socket.end(closeCodes.sessionRevoked)
      }
  }
}
