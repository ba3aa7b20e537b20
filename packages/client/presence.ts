/** Who is there: not kept in step, but asked for after each reconnect, and told by hints. And whether one is oneself. */
import type { Appearance, Push } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import type { ClientState } from './state.ts'

export interface PresenceParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
}

type PresencePush = Extract<Push, { push: 'presence' }>

export interface Presence {
  receive(push: PresencePush): void
  /** Asks how it stands. */
  refresh(): Promise<void>
  rest(resting: boolean): void
  /** Once on each connection: the server may believe what stood before it. */
  tellRest(): void
}

export function createPresence({ call, state, set }: PresenceParts): Presence {
  let resting = false
  /** For each list that was asked for, what was said meanwhile: the list may be older, nodes have to be asked for it. */
  const said = new Set<PresencePush[]>()

  function tellRest(): void {
    void call('hints.rest', { resting })
  }

  return {
    receive(push) {
      for (const meanwhile of said) meanwhile.push(push)
      set({ ...state(), online: putPerson(state().online, push) })
    },
    async refresh() {
      const meanwhile: PresencePush[] = []
      said.add(meanwhile)
      const presence = await call('presence.list', {})
      said.delete(meanwhile)
      if (!presence.ok) return
      set({ ...state(), online: [...presence.value.people, ...meanwhile].reduce(putPerson, none) })
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

function putPerson(
  online: ClientState['online'],
  { number, status }: { readonly number: number; readonly status: Appearance },
): ClientState['online'] {
  const next = new Map(online)
  if (status === 'offline') next.delete(number)
  else next.set(number, status)
  return next
}
