/** What the bus may have lost: devices are told to compare, and sockets of sessions that ended are found and closed. */
import { closeCodes, encodeFrame } from '@rookery/protocol'
import type { Bus } from '../core/bus-ports.ts'
import type { Core } from '../core/core.ts'
import type { Log } from '../log.ts'
import type { Hub, Socket } from './hub.ts'

export interface LostEventsParts {
  readonly bus: Bus
  readonly hub: Hub
  readonly core: Pick<Core, 'findLive'>
  readonly log: Log
}

/** Milliseconds. Nodes that lost the same server come back at about the same time: one comparison serves all of them. */
const gather = 500
const turn = 100
/** All sockets are told within this. */
const spread = 20_000
/** So many are told in each turn at least. */
const fewest = 50

const checkEvery = 1_000
/** Sessions in one question to the store. */
const atOnce = 1_000
/** Also while nothing seems to be wrong with the bus, every so many checks. */
const checkAnyway = 30

const compare = encodeFrame({ push: 'compare' })

/** Returns the way to stop. */
export function mendLosses({ bus, hub, core, log }: LostEventsParts): () => void {
  const untold = new Set<Socket>()
  let gathering: ReturnType<typeof setTimeout> | null = null
  let telling: ReturnType<typeof setTimeout> | null = null
  let perTurn = fewest
  let checks = 0
  let check: 'none' | 'running' | 'again' = 'none'

  bus.onGap(() => {
    void endDeadSessions()
    gathering ??= setTimeout(begin, gather)
  })

  /** Whoever has not been told of an earlier gap comes first, and is told of both at once. */
  function begin(): void {
    gathering = null
    for (const [socket] of hub.list()) untold.add(socket)
    perTurn = Math.max(fewest, Math.ceil((untold.size * turn) / spread))
    if (telling === null) tellSome()
  }

  function tellSome(): void {
    for (const socket of [...untold].slice(0, perTurn)) {
      untold.delete(socket)
      socket.send(compare)
    }
    telling = untold.size > 0 ? setTimeout(tellSome, turn) : null
  }

  /** What a bus that is cut does not say, the store does. Whoever asks meanwhile is served by one more round. */
  async function endDeadSessions(): Promise<void> {
    if (check !== 'none') return void (check = 'again')
    do {
      check = 'running'
      await endDead().catch((error: unknown) => {
        log.warn({ err: error }, 'the store did not say which sessions live')
      })
    } while (isAskedAgain())
    check = 'none'
  }

  const isAskedAgain = () => check === 'again'

  async function endDead(): Promise<void> {
    await hub.checkGroups()
    const sockets = hub.list()
    for (let from = 0; from < sockets.length; from += atOnce) {
      const some = sockets.slice(from, from + atOnce)
      const alive = new Set(await core.findLive(some.map(([, session]) => session)))
      for (const [socket, session] of some) if (!alive.has(session)) socket.end(closeCodes.sessionRevoked)
      // Whoever waits for this thread meanwhile comes in between.
      await Bun.sleep(0)
    }
  }

  const timer = setInterval(() => {
    checks += 1
    if (!bus.isWhole() || checks % checkAnyway === 0) void endDeadSessions()
  }, checkEvery)

  return () => {
    clearInterval(timer)
    for (const waiting of [gathering, telling]) if (waiting !== null) clearTimeout(waiting)
  }
}
