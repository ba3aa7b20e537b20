/** Builds the parts and joins them; nothing else. */
import { join } from 'node:path'
import { createLocalBus, createLocalRollCall } from './bus/local.ts'
import type { Nats, NatsOptions } from './bus/nats.ts'
import type { Config } from './config.ts'
import { createCore, type Core } from './core/core.ts'
import type { Bus } from './core/bus-ports.ts'
import type { Passwords, Store } from './core/ports.ts'
import { createDispatch } from './gateways/dispatch.ts'
import { answerFault, createHttpDoor } from './gateways/http.ts'
import { createHub } from './gateways/hub.ts'
import { mendLosses } from './gateways/lost-events.ts'
import { createPages } from './gateways/pages.ts'
import { createRateLimit } from './gateways/rate-limit.ts'
import { openUdpDoor, type UdpDoor } from './gateways/udp.ts'
import { createWebSocketDoor, type Connection } from './gateways/websocket.ts'
import { createLog, type Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { lockStore, openStore } from './open-store.ts'
import { createPasskeys } from './passkeys.ts'
import { createPasswords } from './passwords.ts'
import { version } from './version.ts'

export interface RunningServer {
  readonly url: string
  /** `host:port` of the old campus protocol; null where it is off. */
  readonly udp: string | null
  /** The one-time link that makes the first administrator; null where there is one. */
  readonly adminLink: string | null
  readonly log: Log
  /** Lets clients go, finishes what was begun, closes the store. */
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Ends the process, since the disk can no longer be trusted. Replaced only by tests. */
  readonly onFatal?: (reason: string) => void
  readonly passwords?: Passwords
  /** Opened elsewhere and not closed here: several nodes in one process share it. Only for tests. */
  readonly store?: Store
}

/** Milliseconds that clients get to close their side of a socket. */
const drainTime = 3_000

/** @throws if the data folder or the address cannot be had. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = createLog(config.ROOKERY_LOG)
  const die = (reason: string) => {
    log.fatal({ reason }, 'the store failed; stopping at once, so that nothing is acknowledged that is not on disk')
    process.exit(1)
  }
  const { core, bus, nats, close } = await openCore(
    config,
    log,
    { ...options, onFatal: options.onFatal ?? die },
    'node',
  )
  const unlock = options.store ? () => {} : await lockOrClose(config, close)
  const metrics = createMetrics()
  const hub = createHub(bus, core.presence, core.groupsOf)
  const stopMending = mendLosses({ bus, hub, core, log })
  const limits = { user: createRateLimit(config.ROOKERY_RATE), visitor: createRateLimit(config.ROOKERY_RATE_VISITOR) }
  const dispatch = createDispatch({ core, metrics, log, limits })
  const webSocketDoor = createWebSocketDoor(core, hub, dispatch)
  let udpDoor: UdpDoor | null = null
  let ready = false

  async function closeParts(): Promise<void> {
    await udpDoor?.close()
    stopMending()
    await core.presence.close()
    await close()
    unlock()
  }

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
  const listen = () =>
    Bun.serve<Connection>({
      hostname: config.HOST,
      port: config.PORT,
      development: false,
      reusePort: false,
      idleTimeout: 10,
      maxRequestBodySize: 1024 * 1024,
      fetch: (request, self) => httpDoor.fetch(request, self.requestIP(request)?.address ?? ''),
      // Without it Bun prints source and stack beside the log.
      error: (error) => answerFault(log, error),
      websocket: webSocketDoor.handler,
    })
  let server: ReturnType<typeof listen>
  try {
    if (config.ROOKERY_UDP !== 'off') udpDoor = await openUdpDoor({ config, core, dispatch, hub, log })
    server = listen()
  } catch (error) {
    // An address that is taken must not keep the store from whoever tries again.
    webSocketDoor.close()
    await closeParts()
    throw error
  }
  metrics.gauge('rookery_connections', 'Open WebSocket connections.', () => webSocketDoor.connections)
  if (nats) measureNats(metrics, nats)
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
      webSocketDoor.close()
      await server.stop(true)
      await closeParts()
    },
  }
}

async function lockOrClose(config: Config, close: () => Promise<void>): Promise<() => void> {
  try {
    return lockStore(config)
  } catch (error) {
    await close()
    throw error
  }
}

function measureNats({ gauge, counter }: Metrics, { isConnected, reconnects }: Nats): void {
  gauge('rookery_bus_connected', '1 while this node hears the others through NATS, else 0.', () =>
    Number(isConnected()),
  )
  counter('rookery_bus_reconnects_total', 'How often the connection to NATS was made again.', reconnects)
}

export interface OpenCore {
  readonly core: Core
  readonly bus: Bus
  /** Null on a single node. */
  readonly nats: Nats | null
  /** Leaves the bus, then closes the store. */
  close(): Promise<void>
}

/**
 * The rules on their ports, without any door.
 * @throws if the data folder or NATS cannot be had.
 */
export async function openCore(
  config: Config,
  log: Log,
  options: ServerOptions & { readonly onFatal: (reason: string) => void },
  as: NatsOptions['as'],
): Promise<OpenCore> {
  const store = options.store ?? (await openStore(config, options.onFatal))
  const closeStore = () => (options.store ? Promise.resolve() : store.close())
  const nats = await joinNodes(config.NATS_URL, store.epoch, as, log).catch(async (error: unknown) => {
    await closeStore()
    throw error
  })
  const bus = nats?.bus ?? createLocalBus()
  const core = createCore(
    {
      store,
      bus,
      rollCall: nats?.rollCall ?? createLocalRollCall(),
      passwords: options.passwords ?? createPasswords(),
      passkeys: createPasskeys(),
      clock: { now: () => Date.now(), sleep: (milliseconds) => Bun.sleep(milliseconds) },
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    {
      registration: config.ROOKERY_REGISTRATION,
      contacts: config.ROOKERY_CONTACTS,
      legacyContacts: config.ROOKERY_UDP_CONTACTS,
      origin: config.ROOKERY_URL === undefined ? null : new URL(config.ROOKERY_URL).origin,
    },
    {
      triesPerAccount: config.ROOKERY_LOGIN_TRIES,
      triesPerAddress: config.ROOKERY_LOGIN_TRIES_ADDRESS,
      wait: config.ROOKERY_LOGIN_WAIT * 1000,
    },
  )
  return {
    core,
    bus,
    nats,
    async close() {
      await bus.close()
      await closeStore()
    },
  }
}

/** Nodes on one store are one installation: its history's name is theirs. */
async function joinNodes(
  url: string | undefined,
  installation: string,
  as: NatsOptions['as'],
  log: Log,
): Promise<Nats | null> {
  if (url === undefined) return null
  const { openNats } = await import('./bus/nats.ts')
  return openNats({
    url,
    installation,
    as,
    onChange(now) {
      if (now === 'cut') log.warn({}, 'NATS is lost: other nodes are not heard until it is back')
      else log.info({}, 'NATS is back')
    },
  })
}
