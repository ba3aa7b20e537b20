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
  readonly nodes: readonly [Node, Node]
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
  const store = await openSqliteStore(makeFolder(), (reason) => {
    throw new Error(reason)
  })
  const start = async (): Promise<Node> => {
    const wire = await layWire(nats)
    return { ...(await startTestServer({ ...settings, NATS_URL: wire.url }, { store })), wire }
  }
  const nodes = [await start(), await start()] as const
  return {
    nats,
    nodes,
    async stop() {
      for (const node of nodes) {
        await node.stop()
        node.wire.cable.close()
      }
      await store.close()
      await nats.stop()
    },
  }
}
