/** The WebSocket door: frames in, answers and pushes out. */
import {
  closeCodes,
  encodeFrame,
  LIMITS,
  refuse,
  serviceRestart,
  wireError,
  type Output,
  type RequestFrame,
  type Result,
} from '@rookery/protocol'
import { isOperation, operations, checkFrame } from '@rookery/protocol/schemas'
import type { Server, ServerWebSocket, WebSocketHandler } from 'bun'
import { isUser, type Caller, type User } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import type { Dispatch } from './dispatch.ts'
import type { Attached, Hub, Socket } from './hub.ts'
import { createOutgoing } from './outgoing.ts'

export interface Connection {
  caller: Caller
  /** Undefined until somebody is logged in on this socket. */
  attached: Attached | undefined
  /** What hints it gets. */
  watched: Output<'hints.watch'>
  /** Nothing is read or sent any more. */
  ended: boolean
  inFlight: number
  readonly openedAt: number
}

export interface WebSocketDoor {
  readonly handler: WebSocketHandler<Connection>
  upgrade(request: Request, server: Server<Connection>, caller: Caller): boolean
  /** Begins nothing more, and has every client connect again, once it has the answers to what it asked. */
  drain(): void
  /** Ends what is left, and the door's own timer. */
  close(): void
  readonly connections: number
}

type Ws = ServerWebSocket<Connection>

/** One for all sockets that watch nothing. */
const nothing: Connection['watched'] = { presence: false, conversations: [] }

export function createWebSocketDoor(core: Core, hub: Hub, dispatch: Dispatch): WebSocketDoor {
  const sockets = new Set<Ws>()
  const outgoing = createOutgoing()
  const silent = new Set<Ws>()
  const sweep = setInterval(closeSilent, 1_000)
  let draining = false

  function closeSilent(): void {
    const deadline = performance.now() - LIMITS.logInDeadlineMs
    for (const ws of silent) {
      if (ws.data.openedAt > deadline) break
      end(ws, closeCodes.logInDeadline)
    }
  }

  function end(ws: Ws, code: number): void {
    ws.data.ended = true
    silent.delete(ws)
    ws.data.attached?.detach(code === closeCodes.sessionRevoked ? 'ended' : 'cut')
    outgoing.flush(ws)
    ws.close(code)
  }

  /** First listen, then look whether the session still lives: so no revocation falls in between. */
  async function attach(ws: Ws, user: User): Promise<void> {
    silent.delete(ws)
    ws.data.caller = user
    const socket: Socket = {
      id: user.socket,
      send: (frame) => outgoing.send(ws, frame),
      hint(about, key, frame) {
        const { presence, conversations } = ws.data.watched
        if (about === 'presence' ? presence : conversations.includes(about)) outgoing.hint(ws, key, frame)
      },
      end: (code) => end(ws, code),
    }
    const attached = hub.attach(socket, user)
    ws.data.attached = attached
    const live = await attached.listening.then(() => core.isLive(user.session)).catch(() => null)
    // Where the store cannot say, the client comes again later (RFC 6455's registry: 1013).
    if (!live) end(ws, live === null ? 1013 : closeCodes.sessionRevoked)
  }

  function answer(ws: Ws, id: number, result: Result<unknown>): void {
    if (ws.data.ended) return
    outgoing.send(ws, encodeFrame(result.ok ? { id, ok: result.value } : { id, error: wireError(result) }))
  }

  async function serve(ws: Ws, { id, op, in: input }: RequestFrame): Promise<void> {
    const { data } = ws
    const effect = isOperation(op) && 'session' in operations[op] ? operations[op].session : null
    const opens = effect === 'opens'
    if (opens && isUser(data.caller)) return answer(ws, id, refuse('forbidden'))
    data.inFlight += 1
    const result = await dispatch(data.caller, op, input)
    data.inFlight -= 1
    if (opens && result.ok && !data.ended && !isUser(data.caller)) {
      const { session, me } = result.value as Output<'sessions.resume'>
      await attach(ws, { ...data.caller, session, ...me })
    }
    if (effect === 'watches' && result.ok) data.watched = result.value as Output<'hints.watch'>
    if (effect === 'rests' && result.ok) data.attached?.rest((result.value as Output<'hints.rest'>).resting)
    answer(ws, id, result)
    if (effect === 'closes' && result.ok) end(ws, closeCodes.sessionRevoked)
    else if (draining && data.inFlight === 0) end(ws, serviceRestart)
  }

  return {
    handler: {
      maxPayloadLength: LIMITS.frameBytes,
      // A slow reader is cut off, not silently robbed of frames: it comes back and asks for what it lacks.
      closeOnBackpressureLimit: true,
      backpressureLimit: 1024 * 1024,
      idleTimeout: 120,
      sendPings: true,
      perMessageDeflate: false,
      open(ws) {
        if (draining) return end(ws, serviceRestart)
        sockets.add(ws)
        if (isUser(ws.data.caller)) void attach(ws, ws.data.caller)
        else silent.add(ws)
      },
      message(ws, message) {
        if (ws.data.ended || draining) return
        if (typeof message !== 'string') return end(ws, closeCodes.badFrame)
        if (!isUser(ws.data.caller) && Buffer.byteLength(message) > LIMITS.frameBytesBeforeLogIn) return end(ws, 1009)
        const frame = decodeFrame(message)
        if (frame === null) return end(ws, closeCodes.badFrame)
        if (ws.data.inFlight >= LIMITS.requestsInFlight) return answer(ws, frame.id, refuse('too_many_requests', 100))
        void serve(ws, frame)
      },
      close(ws) {
        ws.data.ended = true
        sockets.delete(ws)
        silent.delete(ws)
        ws.data.attached?.detach('cut')
      },
    },
    upgrade(request, server, caller) {
      const data: Connection = {
        caller: { ...caller, socket: crypto.randomUUID() },
        attached: undefined,
        watched: nothing,
        ended: false,
        inFlight: 0,
        openedAt: performance.now(),
      }
      return server.upgrade(request, { data })
    },
    drain() {
      draining = true
      for (const ws of sockets) if (ws.data.inFlight === 0) end(ws, serviceRestart)
    },
    close() {
      clearInterval(sweep)
      for (const ws of sockets) end(ws, serviceRestart)
    },
    get connections() {
      return sockets.size
    },
  }
}

/** Null where there is not even an id to answer to. */
function decodeFrame(text: string): RequestFrame | null {
  try {
    return checkFrame(JSON.parse(text))
  } catch {
    return null
  }
}
