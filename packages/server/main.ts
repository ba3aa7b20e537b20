/** Builds the parts and joins them; nothing else. */
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { createLocalBus } from './bus/local.ts'
import type { Config } from './config.ts'
import { createCore, type Core } from './core/core.ts'
import type { Bus, Passwords, Store } from './core/ports.ts'
import { createDispatch } from './gateways/dispatch.ts'
import { createHttpDoor } from './gateways/http.ts'
import { createHub } from './gateways/hub.ts'
import { createPages } from './gateways/pages.ts'
import { createRateLimit } from './gateways/rate-limit.ts'
import { openUdpDoor } from './gateways/udp.ts'
import { createWebSocketDoor, type Connection } from './gateways/websocket.ts'
import { createMetrics } from './metrics.ts'
import { lockStore, openStore } from './open-store.ts'
import { createPasswords } from './passwords.ts'
import { version } from './version.ts'

export interface RunningServer {
  readonly url: string
  /** `host:port` of the old campus protocol; null where it is off. */
  readonly udp: string | null
  /** The one-time link that makes the first administrator; null where there is one. */
  readonly adminLink: string | null
  readonly log: Logger
  /** Lets clients go, finishes what was begun, closes the store. */
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Ends the process, since the disk can no longer be trusted. Replaced only by tests. */
  readonly onFatal?: (reason: string) => void
  readonly passwords?: Passwords
}

/** Milliseconds that clients get to close their side of a socket. */
const drainTime = 3_000

/** @throws if the data folder or the address cannot be had. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = pino({ level: config.ROOKERY_LOG }, pino.destination({ dest: 2, sync: true }))
  const die = (reason: string) => {
    log.fatal({ reason }, 'the store failed; stopping at once, so that nothing is acknowledged that is not on disk')
    process.exit(1)
  }
  const { core, store, bus } = await openCore(config, options.onFatal ?? die, options.passwords)
  const unlock = await lockOrClose(config, store)
  const metrics = createMetrics()
  const hub = createHub(bus, core.presence)
  const limits = { user: createRateLimit(config.ROOKERY_RATE), visitor: createRateLimit(config.ROOKERY_RATE_VISITOR) }
  const dispatch = createDispatch({ core, metrics, log, limits })
  const udpDoor = config.ROOKERY_UDP === 'off' ? null : await openUdpDoor({ config, core, dispatch, hub, log })
  const webSocketDoor = createWebSocketDoor(core, hub, dispatch)
  let ready = false

  const httpDoor = createHttpDoor({
    config,
    core,
    dispatch,
    metrics,
    pages: createPages(join(import.meta.dir, '../web/dist')),
    isReady: () => ready,
    version,
    upgrade: (request, caller) => webSocketDoor.upgrade(request, server, caller),
  })
  const server = Bun.serve<Connection>({
    hostname: config.HOST,
    port: config.PORT,
    development: false,
    reusePort: false,
    idleTimeout: 10,
    maxRequestBodySize: 1024 * 1024,
    fetch: (request, self) => httpDoor.fetch(request, { peer: self.requestIP(request)?.address ?? '' }),
    websocket: webSocketDoor.handler,
  })
  metrics.gauge('rookery_connections', 'Open WebSocket connections.', () => webSocketDoor.connections)
  metrics.gauge('rookery_people_online', 'People with a device connected to this node.', () => hub.people)

  const url = config.ROOKERY_URL?.replace(/\/$/, '') ?? server.url.origin
  const ticket = await core.makeAdminTicket()
  ready = true

  return {
    url,
    udp: udpDoor?.address ?? null,
    adminLink: ticket && `${url}/join#${ticket}`,
    log,
    async stop() {
      ready = false
      const stopped = server.stop()
      webSocketDoor.drain()
      await Promise.race([stopped, Bun.sleep(drainTime)])
      await server.stop(true)
      webSocketDoor.close()
      await udpDoor?.close()
      core.presence.close()
      await bus.close()
      await store.close()
      unlock()
    },
  }
}

async function lockOrClose(config: Config, store: Store): Promise<() => void> {
  try {
    return lockStore(config)
  } catch (error) {
    await store.close()
    throw error
  }
}

export interface OpenCore {
  readonly core: Core
  readonly store: Store
  readonly bus: Bus
}

/** The rules on their ports, without any door. */
export async function openCore(
  config: Config,
  onFatal: (reason: string) => void,
  passwords?: Passwords,
): Promise<OpenCore> {
  const store = await openStore(config, onFatal)
  const bus = createLocalBus()
  const core = createCore(
    {
      store,
      bus,
      passwords: passwords ?? createPasswords(),
      clock: { now: () => Date.now(), sleep: (milliseconds) => Bun.sleep(milliseconds) },
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    {
      registration: config.ROOKERY_REGISTRATION,
      contacts: config.ROOKERY_CONTACTS,
      legacyContacts: config.ROOKERY_UDP_CONTACTS,
    },
    {
      triesPerAccount: config.ROOKERY_LOGIN_TRIES,
      triesPerAddress: config.ROOKERY_LOGIN_TRIES_ADDRESS,
      wait: config.ROOKERY_LOGIN_WAIT * 1000,
    },
  )
  return { core, store, bus }
}
