/** Who is there: not kept in step, but asked for after each reconnect, and told by hints. And whether one is oneself. */
import type { Appearance, Push } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import type { ClientState } from './state.ts'

export interface PresenceParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
}

export interface Presence {
  receive(push: Extract<Push, { push: 'presence' }>): void
  /** Asks how it stands. */
  refresh(): Promise<void>
  rest(resting: boolean): void
  /** Once on each connection: the server may believe what stood before it. */
  tellRest(): void
}

export function createPresence({ call, state, set }: PresenceParts): Presence {
  let resting = false

  function tellRest(): void {
    void call('hints.rest', { resting })
  }

  return {
    receive: ({ number, status }) => set({ ...state(), online: putPerson(state().online, number, status) }),
    async refresh() {
      const presence = await call('presence.list', {})
      if (!presence.ok) return
      const { people } = presence.value
      set({ ...state(), online: people.reduce((online, one) => putPerson(online, one.number, one.status), none) })
    },
    rest(next) {
      if (next === resting) return
      resting = next
      tellRest()
    },
    tellRest,
  }
}

const none: ClientState['online'] = new Map()

function putPerson(online: ClientState['online'], number: number, status: Appearance): ClientState['online'] {
  const next = new Map(online)
  if (status === 'offline') next.delete(number)
  else next.set(number, status)
  return next
}
