/** One WebSocket at a time, opened again and again: requests and their answers, pushes, back-off. */
import {
  closeCodes,
  mayReconnect,
  refuse,
  type Answer,
  type Input,
  type Me,
  type OperationName,
  type Push,
  type Result,
  type ServerFrame,
} from '@rookery/protocol'
import type { ConnectionState } from './state.ts'

export interface ConnectionEvents {
  onState(state: ConnectionState): void
  /** A socket is open and the session goes on: time to compare. */
  onOpen(me: Me): void
  onPush(push: Push): void
}

export interface Connection {
  /** `unreachable` where no answer came: whether the server did it is then unknown. Nothing goes out before `onOpen`. */
  call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>>
  /** Tries now instead of later; or, with a socket that has gone silent, finds out soon whether it is dead. */
  wake(): void
  end(reason: 'signed_out' | 'closed'): void
}

/** Milliseconds. */
const firstWait = 250
const longestWait = 30_000
const answerDeadline = 15_000
const wakeDeadline = 4_000

interface Waiting {
  readonly resolve: (result: Result<unknown>) => void
  readonly timer: ReturnType<typeof setTimeout>
}

type Phase =
  | { readonly kind: 'socket'; readonly socket: WebSocket; readonly resumed: boolean }
  | { readonly kind: 'waiting'; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly kind: 'ended' }

/** @param token without one, the browser's cookie speaks for the session when the socket opens. */
export function openConnection(url: string, token: string | undefined, events: ConnectionEvents): Connection {
  const address = new URL('/ws', url)
  address.protocol = address.protocol.replace('http', 'ws')
  const answers = new Map<number, Waiting>()
  let lastId = 0
  let failures = 0
  let frames = 0
  let phase: Phase = open()

  function open(): Phase {
    events.onState({ kind: 'connecting' })
    const socket = new WebSocket(address)
    socket.onopen = () => void begin(socket)
    socket.onmessage = ({ data }) => receive(String(data))
    socket.onclose = ({ code }) => lose(socket, code)
    return { kind: 'socket', socket, resumed: false }
  }

  async function begin(socket: WebSocket): Promise<void> {
    const resumed = await resume()
    if (phase.kind !== 'socket' || phase.socket !== socket) return
    if (!resumed.ok) return resumed.code === 'unauthenticated' ? end('signed_out') : socket.close()
    failures = 0
    phase = { kind: 'socket', socket, resumed: true }
    events.onState({ kind: 'online' })
    events.onOpen(resumed.value.me)
  }

  async function resume(): Promise<Answer<'sessions.current'>> {
    const answer = token === undefined ? null : await ask('sessions.resume', { token })
    // A browser's cookie has opened the socket for its session already.
    return answer && (answer.ok || answer.code !== 'forbidden') ? answer : ask('sessions.current', {})
  }

  function receive(text: string): void {
    frames += 1
    const frame = JSON.parse(text) as ServerFrame
    if ('push' in frame) return events.onPush(frame)
    const waiting = answers.get(frame.id)
    if (!waiting) return
    answers.delete(frame.id)
    clearTimeout(waiting.timer)
    waiting.resolve(
      'ok' in frame ? { ok: true, value: frame.ok } : refuse(frame.error.code, frame.error.retry_after_ms),
    )
  }

  function lose(socket: WebSocket, code: number): void {
    if (phase.kind !== 'socket' || phase.socket !== socket) return
    failAll()
    if (!mayReconnect(code)) return end(code === closeCodes.sessionRevoked ? 'signed_out' : 'closed')
    const wait = Math.random() * Math.min(longestWait, firstWait * 2 ** failures)
    failures = Math.min(failures + 1, 16)
    phase = { kind: 'waiting', timer: setTimeout(() => (phase = open()), wait) }
    events.onState({ kind: 'waiting', retryAt: Date.now() + wait })
  }

  function end(reason: 'signed_out' | 'closed'): void {
    if (phase.kind === 'ended') return
    const last = phase
    phase = { kind: 'ended' }
    if (last.kind === 'waiting') clearTimeout(last.timer)
    else last.socket.close()
    failAll()
    events.onState({ kind: 'ended', reason })
  }

  function failAll(): void {
    const lost = [...answers.values()]
    answers.clear()
    for (const { resolve, timer } of lost) {
      clearTimeout(timer)
      resolve(refuse('unreachable'))
    }
  }

  /** A server that takes its time to resume the session would call anything else unauthenticated until then. */
  function call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
    return phase.kind === 'socket' && phase.resumed ? ask(name, input) : Promise.resolve(refuse('unreachable'))
  }

  function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
    if (phase.kind !== 'socket' || phase.socket.readyState !== WebSocket.OPEN)
      return Promise.resolve(refuse('unreachable'))
    const { socket } = phase
    const id = ++lastId
    return new Promise((resolve) => {
      // A socket that swallows a request is dead, whatever it says of itself.
      const timer = setTimeout(() => {
        socket.close()
        lose(socket, 1006)
      }, answerDeadline)
      answers.set(id, { resolve: (result) => resolve(result as Answer<Name>), timer })
      socket.send(JSON.stringify({ id, op: name, in: input }))
    })
  }

  function wake(): void {
    if (phase.kind === 'waiting') {
      clearTimeout(phase.timer)
      failures = 0
      phase = open()
    } else if (phase.kind === 'socket') {
      const { socket } = phase
      const before = frames
      setTimeout(() => {
        if (frames > before) return
        socket.close()
        lose(socket, 1006)
      }, wakeDeadline)
    }
  }

  return { call, wake, end }
}
