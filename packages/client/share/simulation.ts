/** A browser of many windows, for tests: its own clock, channels and locks; windows that stand still or are killed. */
import { type ShareMessage } from './protocol.ts'
import type { Cancel, Locks, PageEvent, Surroundings } from './surroundings.ts'

/** A page or a worker. */
export interface Realm {
  readonly id: string
  readonly surroundings: Surroundings
  isRunning(): boolean
  /** Nothing happens in it any more, until it is resumed. With an event, as the browser sends one where it can. */
  freeze(event?: 'frozen' | 'left'): void
  resume(event?: 'resumed' | 'back'): void
  /** Gone without a word. */
  kill(): void
  /** The page is closed: it may still say so. */
  closePage(): void
  setVisible(visible: boolean): void
}

export interface Simulation {
  now(): number
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): Promise<void>
  /** @param random at which of its chances each takes its turn. */
  openRealm(kind: 'page' | 'worker', random?: number): Realm
  /** All that was said. */
  readonly said: readonly ShareMessage[]
}

interface Happening {
  readonly at: number
  readonly order: number
  readonly realm: State
  readonly run: () => void
}

interface State {
  readonly id: string
  life: 'running' | 'frozen' | 'dead'
  missed: Happening[]
}

interface Held {
  readonly name: string
  readonly realm: State
  readonly lose: () => void
}

interface Queued {
  readonly name: string
  readonly realm: State
  readonly grant: () => void
}

/** Between windows, in milliseconds. Locks are slower than messages: what was stolen is noticed late. */
const channelDelay = 1
const lockDelay = 3

export function createSimulation(): Simulation {
  let clock = 1_000_000
  let order = 0
  let opened = 0
  let happenings: Happening[] = []
  let held: Held[] = []
  let queued: Queued[] = []
  const ears: { readonly name: string; readonly realm: State; readonly receive: (message: ShareMessage) => void }[] = []
  const said: ShareMessage[] = []

  function plan(realm: State, delay: number, run: () => void): Happening {
    const happening = { at: clock + delay, order: (order += 1), realm, run }
    happenings.push(happening)
    return happening
  }

  async function pass(milliseconds: number): Promise<void> {
    const until = clock + milliseconds
    await settle()
    for (;;) {
      const [next] = happenings.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)
      if (!next) break
      happenings = happenings.filter((other) => other !== next)
      clock = Math.max(clock, next.at)
      if (next.realm.life === 'frozen') next.realm.missed.push(next)
      if (next.realm.life === 'running') next.run()
      await settle()
    }
    clock = until
  }

  function release(lock: Held): void {
    if (!held.includes(lock)) return
    held = held.filter((other) => other !== lock)
    grantNext(lock.name)
  }

  function grantNext(name: string): void {
    if (held.some((lock) => lock.name === name)) return
    const next = queued.find((request) => request.name === name)
    queued = queued.filter((request) => request !== next)
    next?.grant()
  }

  async function keep(lock: Held, hold: () => Promise<void>, resolve: () => void): Promise<void> {
    await hold()
    release(lock)
    resolve()
  }

  function locksOf(realm: State): Locks {
    return {
      holder: (name) =>
        new Promise((resolve) => {
          plan(realm, lockDelay + 1, () => resolve(held.find((lock) => lock.name === name)?.realm.id ?? null))
        }),
      request: (name, { steal = false, signal }, hold) =>
        new Promise((resolve, reject) => {
          const grant = () => {
            const lock: Held = { name, realm, lose: () => plan(realm, lockDelay, () => reject(new Error('stolen'))) }
            held.push(lock)
            plan(realm, lockDelay, () => {
              void keep(lock, hold, resolve)
            })
          }
          const request: Queued = { name, realm, grant }
          signal?.addEventListener('abort', () => {
            queued = queued.filter((other) => other !== request)
            reject(new Error('aborted'))
          })
          if (steal) {
            for (const lock of held.filter((other) => other.name === name)) lock.lose()
            held = held.filter((lock) => lock.name !== name)
            grant()
          } else {
            queued.push(request)
            grantNext(name)
          }
        }),
    }
  }

  function openRealm(kind: 'page' | 'worker', random = 0.5): Realm {
    const state: State = { id: `realm ${(opened += 1)}`, life: 'running', missed: [] }
    const watchers = new Set<(event: PageEvent) => void>()
    let visible = true
    const tell = (event: PageEvent) => {
      for (const watcher of watchers) watcher(event)
    }

    function kill(): void {
      state.life = 'dead'
      queued = queued.filter(({ realm }) => realm !== state)
      for (const lock of held.filter(({ realm }) => realm === state)) release(lock)
    }

    return {
      id: state.id,
      isRunning: () => state.life === 'running',
      kill,
      freeze(event) {
        if (event) tell(event)
        state.life = 'frozen'
      },
      resume(event) {
        state.life = 'running'
        if (event) tell(event)
        for (const { run } of state.missed) plan(state, 0, run)
        state.missed = []
      },
      closePage() {
        tell('left')
        kill()
      },
      setVisible(next) {
        visible = next
        tell(next ? 'visible' : 'hidden')
      },
      surroundings: {
        now: () => clock,
        random: () => random,
        after(milliseconds, run): Cancel {
          const timer = plan(state, milliseconds, run)
          return () => {
            happenings = happenings.filter((other) => other !== timer)
            state.missed = state.missed.filter((other) => other !== timer)
          }
        },
        soon: (run) => void plan(state, 16, run),
        locks: locksOf(state),
        page:
          kind === 'worker'
            ? null
            : {
                isVisible: () => visible,
                watch(watcher) {
                  watchers.add(watcher)
                  return () => watchers.delete(watcher)
                },
              },
        openChannel(name, receive) {
          const ear = { name, realm: state, receive }
          ears.push(ear)
          return {
            post(message) {
              said.push(message)
              for (const other of ears) {
                if (other === ear || other.name !== name) continue
                const copy = structuredClone(message)
                plan(other.realm, channelDelay, () => ears.includes(other) && other.receive(copy))
              }
            },
            close: () => void ears.splice(ears.indexOf(ear), 1),
          }
        },
      },
    }
  }

  return { now: () => clock, pass, openRealm, said }
}

/** Lets promises run as far as they go. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
