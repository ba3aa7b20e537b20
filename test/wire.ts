/** A peer without manners: bare requests and frames, sent just as a test writes them. */
import { connect as connectTcp, type Socket } from 'node:net'
import { refuse, type ErrorCode, type Push, type ServerFrame } from '@rookery/protocol'
import type { LogIn } from './harness.ts'

export type WireAnswer = { ok: true; value: unknown } | { ok: false; code: ErrorCode; retry_after_ms?: number }

export interface Posted {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly answer: WireAnswer
}

/** `POST /api/op`; a string is sent as it is. */
export async function post(
  url: string,
  op: string,
  input: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Posted> {
  const response = await fetch(`${url}/api/${op}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  })
  const text = await response.text()
  const body = JSON.parse(text) as { error?: { code: ErrorCode; retry_after_ms?: number } }
  const answer: WireAnswer =
    response.ok || !body.error ? { ok: true, value: body } : refuse(body.error.code, body.error.retry_after_ms)
  return { status: response.status, headers: response.headers, text, answer }
}

export const bearer = ({ token }: Pick<LogIn, 'token'>) => ({ authorization: `Bearer ${token}` })

export interface Wire {
  /** Sends a frame as it is. */
  send(frame: string | Uint8Array<ArrayBuffer>): void
  ask(op: string, input?: unknown): Promise<WireAnswer>
  /** Sends a frame that carries its own id, and waits for the answer to it. */
  askRaw(id: number, frame: string): Promise<WireAnswer>
  readonly pushes: Push[]
  /** The close code. */
  readonly closed: Promise<number>
  isOpen(): boolean
  close(): void
}

/** A WebSocket; with a log-in's token, one that has resumed the session. */
export async function openWire(url: string, logIn?: Pick<LogIn, 'token'>): Promise<Wire> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  const answers = new Map<number, (answer: WireAnswer) => void>()
  const pushes: Push[] = []
  const closed = Promise.withResolvers<number>()
  const opened = Promise.withResolvers<void>()
  let lastId = 1_000_000

  socket.onopen = () => opened.resolve()
  socket.onclose = ({ code }) => {
    closed.resolve(code)
    opened.reject(new Error(`Closed with ${code}.`))
    for (const answer of answers.values()) answer(refuse('unreachable'))
  }
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    if ('push' in frame) return void pushes.push(frame)
    const answer = answers.get(frame.id)
    answers.delete(frame.id)
    answer?.('ok' in frame ? { ok: true, value: frame.ok } : refuse(frame.error.code, frame.error.retry_after_ms))
  }

  function askRaw(id: number, frame: string): Promise<WireAnswer> {
    return new Promise((resolve) => {
      if (socket.readyState !== WebSocket.OPEN) return resolve(refuse('unreachable'))
      answers.set(id, resolve)
      socket.send(frame)
    })
  }

  const wire: Wire = {
    send: (frame) => socket.send(frame),
    askRaw,
    ask(op, input = {}) {
      lastId += 1
      return askRaw(lastId, JSON.stringify({ id: lastId, op, in: input }))
    },
    pushes,
    closed: closed.promise,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  }
  await opened.promise
  if (logIn) {
    const resumed = await wire.ask('sessions.resume', { token: logIn.token })
    if (!resumed.ok) throw new Error(`Resume: ${resumed.code}`)
  }
  return wire
}

export interface Tcp {
  readonly socket: Socket
  /** Everything that came so far. */
  readonly received: () => string
  /** Resolves when the server has closed its side, to the milliseconds since opening. */
  readonly ended: Promise<number>
}

/** A bare connection that has sent `text`. */
export async function openTcp(url: string, text: string): Promise<Tcp> {
  const { hostname, port } = new URL(url)
  const began = performance.now()
  const socket = connectTcp(Number(port), hostname)
  let received = ''
  socket.setEncoding('latin1').on('data', (chunk) => (received += String(chunk)))
  const ended = new Promise<number>((resolve) => {
    const end = () => resolve(performance.now() - began)
    socket.once('end', end).once('error', end).once('close', end)
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(text, 'latin1')
  return { socket, received: () => received, ended }
}
