/** Windows of one person in a simulated browser, with or without a worker, for tests. */
import type { Client } from '../client.ts'
import { hostClient } from './host.ts'
import { createBackstage, chat, me, textOf, type Backstage, type SimulatedClient } from './simulated-client.ts'
import { createSimulation, type Realm, type Simulation } from './simulation.ts'
import { openSharedClient } from './window.ts'

export interface SimulatedWindow {
  readonly realm: Realm
  readonly client: Client
  /** How often a newer build was seen. */
  newer(): number
  /** How often listeners were called. */
  emitted(): number
}

export interface SimulatedBrowser {
  readonly simulation: Simulation
  readonly backstage: Backstage
  /** Workers that were started, oldest first. */
  readonly workers: Realm[]
  open(options?: { readonly build?: number; readonly random?: number }): SimulatedWindow
  /** The clients that are open in pages and workers that run. */
  hosting(): SimulatedClient[]
}

/** @param workers `silent`: it can be started, and does nothing. */
export function openSimulatedBrowser(workers: 'none' | 'silent' | 'working'): SimulatedBrowser {
  const simulation = createSimulation()
  const backstage = createBackstage()
  const started = new Map<number, Realm>()
  const dead = new Set<Realm>()
  const all: Realm[] = []

  function startWorker(build: number): void {
    const last = started.get(build)
    if (workers !== 'working' || (last && !dead.has(last))) return
    const worker = simulation.openRealm('worker')
    const realm = { ...worker, kill: () => (dead.add(realm), worker.kill()) }
    started.set(build, realm)
    all.push(realm)
    hostClient({ number: me.number, build, openClient: () => backstage.open(realm) }, realm.surroundings)
  }

  return {
    simulation,
    backstage,
    workers: all,
    open({ build = 1, random } = {}) {
      const realm = simulation.openRealm('page', random)
      let newer = 0
      let emitted = 0
      const client = openSharedClient(
        {
          number: me.number,
          build,
          startWorker: workers === 'none' ? null : () => startWorker(build),
          openClient: () => backstage.open(realm),
          onNewerBuild: () => (newer += 1),
        },
        realm.surroundings,
      )
      client.subscribe(() => (emitted += 1))
      return { realm, client, newer: () => newer, emitted: () => emitted }
    },
    hosting: () => backstage.clients.filter((client) => client.isOpen() && client.realm.isRunning()),
  }
}

/** What stands in the chat of this window: messages, then those on their way. */
export function readChat({ client }: SimulatedWindow): string[] {
  const shown = client.state().conversations.get(chat)
  return [...(shown?.messages ?? []), ...(shown?.pending ?? [])].map(({ body }) => textOf(body))
}

/** The page or worker that hosts now, and a window that does not. */
export function cast(
  { hosting }: SimulatedBrowser,
  windows: readonly SimulatedWindow[],
): { readonly client: SimulatedClient; readonly host: Realm; readonly guest: SimulatedWindow } {
  const [client] = hosting()
  const guest = windows.find(({ realm }) => realm.id !== client?.realm.id)
  if (!client || !guest) throw new Error('Nobody hosts.')
  // A worker's realm is a copy, so pages are found by their id.
  const host = windows.find(({ realm }) => realm.id === client.realm.id)?.realm ?? client.realm
  return { client, host, guest }
}
