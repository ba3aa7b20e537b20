/** A client as the old campus had it, from the description alone: a plain socket, a request, the next datagram. */
import { createSocket, type Socket } from 'node:dgram'

export interface OldClient {
  /** Sends one datagram and takes the next that comes. Rejects after two seconds of silence. */
  ask(request: string | Uint8Array): Promise<string>
  /** What comes unasked, or null after that many milliseconds of silence. */
  listen(milliseconds: number): Promise<string | null>
  /** Sends and expects nothing. */
  throw(datagram: string | Uint8Array): void
  readonly port: number
  close(): void
}

export async function openOldClient(server: string): Promise<OldClient> {
  const socket: Socket = createSocket('udp4')
  const [host = '', port = ''] = server.split(':')
  const arrived: string[] = []
  let waiting: ((datagram: string | null) => void) | null = null
  socket.on('message', (data) => {
    const text = data.toString('utf8')
    if (waiting) waiting(text)
    else arrived.push(text)
  })
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))

  function next(milliseconds: number): Promise<string | null> {
    const early = arrived.shift()
    if (early !== undefined) return Promise.resolve(early)
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting?.(null), milliseconds)
      waiting = (datagram) => {
        clearTimeout(timer)
        waiting = null
        resolve(datagram)
      }
    })
  }

  return {
    async ask(request) {
      socket.send(request, Number(port), host)
      const reply = await next(2_000)
      if (reply === null) throw new Error(`No reply to ${String(request).slice(0, 60)}`)
      return reply
    },
    listen: next,
    throw: (datagram) => socket.send(datagram, Number(port), host),
    port: socket.address().port,
    close: () => socket.close(),
  }
}
