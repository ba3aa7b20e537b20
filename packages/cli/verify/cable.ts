/** A network cable to pull: a TCP proxy on loopback between a device and the nodes of a server. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Cable {
  readonly url: string
  /** Since when bytes pass without a delay, as `performance.now()` says; null while they do not. */
  soundSince(): number | null
  /** Cuts every connection and lets none through until `mend`. */
  cut(): void
  /** The next bytes pass by half, then the connection is cut: in the middle of a frame. Others may come at once. */
  tear(): void
  /** Nothing passes, nothing is closed, until `mend`. */
  freeze(): void
  /** Everything takes so many milliseconds more, each way. */
  delay(milliseconds: number): void
  /** As new: what was frozen arrives. */
  mend(): void
  /** Ends every connection that there is. */
  drop(): void
  close(): void
}

/** @param targets the nodes; the one at `start` is tried first, and the next one when it cannot be reached. */
export async function openCable(targets: readonly [string, ...string[]], start = 0): Promise<Cable> {
  const sockets = new Set<Socket>()
  let condition: 'sound' | 'cut' | 'frozen' = 'sound'
  let lag = 0
  let tears = false
  let chosen = start
  let changedAt = performance.now()

  function drop(): void {
    for (const socket of sockets) socket.destroy()
  }

  /** One direction. What was delayed stays in its order, also before what comes when the delay is over. */
  function pass(from: Socket, to: Socket, rewrite: (chunk: Buffer) => Buffer): void {
    const waiting: { readonly at: number; readonly work: () => void }[] = []
    function drain(): void {
      for (let next = waiting[0]; next && next.at <= performance.now(); next = waiting[0]) {
        waiting.shift()
        next.work()
      }
      const [first] = waiting
      if (first) setTimeout(drain, Math.max(1, first.at - performance.now()))
    }
    function later(work: () => void): void {
      if (lag === 0 && waiting.length === 0) return work()
      const last = waiting.at(-1)?.at ?? 0
      waiting.push({ at: Math.max(last, performance.now() + lag), work })
      if (waiting.length === 1) drain()
    }
    sockets.add(from)
    if (condition === 'frozen') from.pause()
    from.on('data', (received: Buffer) => {
      const chunk = rewrite(received)
      if (!tears) return later(() => void (to.destroyed || to.write(chunk)))
      tears = false
      changedAt = performance.now()
      to.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => {
        from.destroy()
        to.destroy()
      })
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      later(() => to.destroy())
    })
  }

  const listener = createServer((near) => {
    if (condition === 'cut') return void near.destroy()
    const target = new URL(targets[chosen % targets.length] ?? targets[0])
    const far = reach(target)
    const tried = chosen
    far.once('error', () => {
      if (chosen === tried) chosen += 1
    })
    near.setNoDelay(true)
    far.setNoDelay(true)
    pass(near, far, nameHost(target.host))
    pass(far, near, (chunk) => chunk)
  })
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
  const { port } = listener.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    soundSince: () => (condition === 'sound' && lag === 0 && !tears ? changedAt : null),
    cut() {
      condition = 'cut'
      drop()
    },
    tear() {
      tears = true
    },
    freeze() {
      if (condition === 'cut') return
      condition = 'frozen'
      for (const socket of sockets) socket.pause()
    },
    delay(milliseconds) {
      changedAt = performance.now() + lag
      lag = milliseconds
    },
    mend() {
      condition = 'sound'
      tears = false
      // What is still on its way goes first.
      changedAt = performance.now() + lag
      lag = 0
      for (const socket of sockets) socket.resume()
    },
    drop,
    close() {
      listener.close()
      drop()
    },
  }
}

function reach({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol === 'https:') return connectTls({ host, port: Number(port || 443), servername: host })
  return connect(Number(port || 80), host)
}

/** A proxy in front of the server knows it by its name only: the first chunk has the head of the request. */
function nameHost(host: string): (chunk: Buffer) => Buffer {
  let isHead = true
  return (chunk) => {
    if (!isHead) return chunk
    isHead = false
    return Buffer.from(chunk.toString('latin1').replace(/^host:.*$/im, `Host: ${host}`), 'latin1')
  }
}
