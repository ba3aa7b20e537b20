/** Several nodes of one installation, each behind a wire of its own to a private NATS server. */
import type { RunningServer } from '@rookery/server'
import { openCable, type Cable } from '../packages/cli/verify/cable.ts'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { makeFolder, startTestServer, type Settings } from './harness.ts'
import { startNatsServer, type NatsServer } from './nats-server.ts'

export interface NatsWire {
  /** For NATS_URL. */
  readonly url: string
  /** Between a node and NATS: to be cut, frozen and mended. */
  readonly cable: Cable
}

export interface Node extends RunningServer {
  readonly wire: NatsWire
}

export interface Installation {
  readonly nats: NatsServer
  /** The data folder of the store. */
  readonly folder: string
  readonly nodes: readonly [Node, Node]
  /** One node more. */
  join(): Promise<Node>
  /** Everything that still runs. */
  stop(): Promise<void>
}

/** A wire to NATS for one node, wherever that runs. */
export async function layWire({ url }: NatsServer): Promise<NatsWire> {
  const cable = await openCable([url.replace('nats:', 'http:')])
  return { url: cable.url.replace('http:', 'nats:'), cable }
}

/** Two nodes in this process, which share one SQLite store. */
export async function startNodes(settings: Settings = {}): Promise<Installation> {
  const nats = await startNatsServer()
  const folder = makeFolder()
  const store = await openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })
  const running = new Set<Node>()

  async function join(): Promise<Node> {
    const wire = await layWire(nats)
    const server = await startTestServer({ ...settings, NATS_URL: wire.url }, { store })
    const node: Node = {
      ...server,
      wire,
      async stop() {
        if (!running.delete(node)) return
        await server.stop()
        wire.cable.close()
      },
    }
    running.add(node)
    return node
  }

  return {
    nats,
    folder,
    nodes: [await join(), await join()],
    join,
    async stop() {
      for (const node of running) await node.stop()
      await store.close()
      await nats.stop()
    },
  }
}
