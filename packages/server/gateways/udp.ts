/** The old campus protocol's door: one reply to every request, never a datagram unasked. A session is an address and port. */
import { createSocket, type RemoteInfo } from 'node:dgram'
import { isIP } from 'node:net'
import { isLoopback, type Config } from '../config.ts'
import type { User, Visitor } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import type { Log } from '../log.ts'
import { isWithin, parseNetworks } from '../networks.ts'
import type { Dispatch } from './dispatch.ts'
import type { Hub } from './hub.ts'
import { createRateLimit } from './rate-limit.ts'
import { createRepeatFilter, type RepeatFilter } from './repeat-filter.ts'
import { createSeedClient, type SeedClient } from './seed-client.ts'
import type { Ask } from './seed-thread.ts'
import { parseSeedRequest, type SeedRequest } from './seed-requests.ts'
import { changePassword, logIn, register } from './seed-visitor.ts'
import { createTurns } from './turns.ts'

export interface UdpParts {
  readonly config: Config
  readonly core: Core
  readonly dispatch: Dispatch
  readonly hub: Hub
  readonly log: Log
}

export interface UdpDoor {
  /** `host:port`. */
  readonly address: string
  close(): Promise<void>
}

interface Client extends SeedClient {
  readonly user: User
  readonly ask: Ask
  readonly detach: (how: 'cut' | 'ended') => void
  readonly repeats: RepeatFilter
  /** When the store last said that the session lives. */
  confirmedAt: number
}

/** Requests of one client that may wait for their turn. A true client sends the next when it has the reply. */
const longestQueue = 8

/**
 * Milliseconds for which the store's word that a session lives is taken. An event ends it at once; of those ended beside
 * this server, or where an event was lost, only the store knows, and D10 gives it a second.
 */
const trustedFor = 500

const hour = 3_600_000

/** @throws if the address cannot be had. */
export async function openUdpDoor({ config, core, dispatch, hub, log }: UdpParts): Promise<UdpDoor> {
  const { host, port } = splitAddress(config.ROOKERY_UDP)
  const networks = parseNetworks(config.ROOKERY_UDP_ALLOW)
  if (!networks) throw new Error(`ROOKERY_UDP_ALLOW=${config.ROOKERY_UDP_ALLOW} is no list of networks.`)
  const policy = { layout: config.ROOKERY_UDP_LAYOUT, offline: config.ROOKERY_UDP_OFFLINE }
  const strangers = createRateLimit(config.ROOKERY_UDP_RATE)
  const everybody = createRateLimit(config.ROOKERY_UDP_RATE_ALL)
  const clients = new Map<string, Client>()
  const enqueue = createTurns(longestQueue, (error) => log.error({ err: error }, 'an old client was not answered'))
  const socket = createSocket({ type: isIP(host) === 6 ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024 })

  function receive(datagram: Buffer, from: RemoteInfo): void {
    // There is no such port: whoever says that they are there cannot be answered, and sending there throws.
    if (from.port === 0) return
    const key = `${from.address}:${from.port}`
    const known = clients.has(key)
    if (!known && !isWithin(networks as NonNullable<typeof networks>, from.address)) return
    if (everybody.take('') > 0) return
    if (!known && strangers.take(from.address) > 0) return
    const request = parseSeedRequest(datagram)
    if (request) enqueue(key, () => serve(key, from, request, datagram))
  }

  async function serve(key: string, from: RemoteInfo, request: SeedRequest, datagram: Buffer): Promise<void> {
    const reply = await answer(key, from.address, request, datagram).catch((error: unknown) => {
      log.error({ err: error, kind: request.kind }, 'a request of an old client failed')
      return '00:00'
    })
    const stranger = !clients.has(key)
    // Nobody can be made to receive more than was sent in their name.
    if (reply === '00:00' && stranger && datagram.length < reply.length) return
    socket.send(reply, from.port, from.address)
  }

  async function answer(key: string, address: string, request: SeedRequest, datagram: Buffer): Promise<string> {
    const visitor: Visitor = { address, socket: null, legacy: true }
    const client = findTrusted(key) ?? (await findClient(key, visitor))
    switch (request.kind) {
      case 'unknown':
        return '00:00'
      case 'register':
        return register(askAs(visitor), request)
      case 'changePassword':
        return changePassword(visitor, request, client ? { number: client.user.number, ask: client.ask } : null, askAs)
      case 'logIn': {
        const entered = await logIn(visitor, request, key, askAs)
        if (!entered.user) return entered.reply
        // One session for each address and port: else leaving this one would bring back the one before it.
        await client?.ask('sessions.logOut', {})
        await attach(key, entered.user, 0)
        return entered.reply
      }
      case 'goOffline':
        return (await client?.ask('sessions.logOut', {}))?.ok ? '06:01' : '06:02'
      case 'send':
        return client ? send(client, request, datagram) : '07:01'
      case 'count':
        return client ? client.count(request.from) : '07:01'
      case 'take':
        return client ? client.take(request.from) : '07:01'
    }
  }

  async function send(
    { send: deliver, repeats }: Client,
    { to, text }: Extract<SeedRequest, { kind: 'send' }>,
    datagram: Buffer,
  ): Promise<string> {
    if (repeats.has(datagram)) return '03:01'
    const reply = await deliver(to, text)
    if (reply === '03:01') repeats.add(datagram)
    return reply
  }

  /** The clock may jump: then the store is asked. */
  function findTrusted(key: string): Client | null {
    const client = clients.get(key)
    const since = Date.now() - (client?.confirmedAt ?? 0)
    return client && since >= 0 && since < trustedFor ? client : null
  }

  /**
   * Asking the store also marks the session as in use. It may hold one that this process has not seen (the server was
   * restarted), or have lost one (ended from the command line).
   */
  async function findClient(key: string, visitor: Visitor): Promise<Client | null> {
    const asked = Date.now()
    const found = await core.authenticateLegacy(key, visitor)
    const client = clients.get(key)
    if (client && found.ok && client.user.session === found.value.session) {
      client.confirmedAt = asked
      return client
    }
    if (client) forget(key, client)
    return found.ok ? attach(key, found.value, asked) : null
  }

  function forget(key: string, client: Client): void {
    client.detach('ended')
    clients.delete(key)
  }

  /** Whoever was silent for too long is not online any more, and not remembered. */
  async function endIdle(): Promise<void> {
    await core.endIdleLegacySessions()
    for (const [key, client] of clients) if (!(await core.isLive(client.user.session))) forget(key, client)
  }

  /** @param confirmedAt when the store said that the session lives; the next request asks it anew where that is long ago. */
  async function attach(key: string, user: User, confirmedAt: number): Promise<Client> {
    clients.get(key)?.detach('ended')
    const id = crypto.randomUUID()
    const ask = askAs(user)
    const seed = createSeedClient(ask, policy)
    const end = () => {
      detach('ended')
      if (clients.get(key)?.user.session === user.session) clients.delete(key)
    }
    // Old clients have nothing to show a hint with.
    const { detach, listening } = hub.attach({ id, send: (frame) => seed.inbox.receive(frame), hint() {}, end }, user)
    const client: Client = { ...seed, user, ask, detach, repeats: createRepeatFilter(), confirmedAt }
    clients.set(key, client)
    await listening
    await client.inbox.open()
    return client
  }

  /** Over its rate a client is served late, not refused: it waits for every reply. */
  function askAs(caller: User | Visitor): Ask {
    const ask: Ask = async (name, input) => {
      const result = await dispatch(caller, name, input)
      if (result.ok || result.code !== 'too_many_requests' || !('session' in caller)) return result as never
      await Bun.sleep(result.retry_after_ms ?? 0)
      return ask(name, input)
    }
    return ask
  }

  socket.on('message', receive)
  socket.on('error', (error) => log.error({ err: error }, 'the old protocol’s socket failed'))
  await new Promise<void>((bound, fail) => {
    socket.once('error', fail)
    socket.bind(port, host, () => {
      socket.off('error', fail)
      bound()
    })
  })
  if (!isLoopback(host)) {
    log.warn(
      { address: config.ROOKERY_UDP, networks: config.ROOKERY_UDP_ALLOW },
      'old clients send passwords in the clear',
    )
  }
  const sweep = setInterval(
    () => void endIdle().catch((error: unknown) => log.error({ err: error }, 'idle old clients were not ended')),
    hour,
  )

  return {
    address: `${host}:${socket.address().port}`,
    async close() {
      clearInterval(sweep)
      for (const { detach } of clients.values()) detach('cut')
      await new Promise<void>((closed) => socket.close(() => closed()))
    },
  }
}

function splitAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) }
}
