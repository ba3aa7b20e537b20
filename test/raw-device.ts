/** A device without an SDK: the bare frames, many under way at once, and nothing done for one's comfort. */
import { decodeAnswer, type AnswerHandler } from './raw-frames.ts'

export interface RawDevice {
  request(op: string, input: unknown, onAnswer: AnswerHandler): void
  close(): void
  readonly closed: Promise<number>
}

/** Connects and resumes a session. Rejects if that does not come about. */
export async function connectRaw(url: string, token: string): Promise<RawDevice> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  const { promise: closed, resolve } = Promise.withResolvers<number>()
  const opened = Promise.withResolvers<void>()
  const waiting = new Map<number, AnswerHandler>()
  let lastId = 0
  socket.onclose = ({ code }) => {
    resolve(code)
    opened.reject(new Error(`closed with ${code}`))
  }
  socket.onopen = () => opened.resolve()
  socket.onmessage = ({ data }) => {
    const frame = decodeAnswer(String(data))
    if (!frame) return
    waiting.get(frame.id)?.(frame.answer)
    waiting.delete(frame.id)
  }
  const request: RawDevice['request'] = (op, input, onAnswer) => {
    waiting.set((lastId += 1), onAnswer)
    socket.send(JSON.stringify({ id: lastId, op, in: input }))
  }
  await opened.promise
  await new Promise<void>((resume, reject) => {
    socket.addEventListener('close', () => reject(new Error('closed while resuming')))
    request('sessions.resume', { token }, (answer) => (answer.ok ? resume() : reject(new Error(answer.code))))
  })
  return { request, closed, close: () => socket.close() }
}
