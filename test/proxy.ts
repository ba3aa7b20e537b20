/** A cable that can be pulled: a TCP proxy on loopback between a device and the server. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Proxy {
  readonly url: string
  /** Cuts every connection and lets none through until `mend`. */
  cut(): void
  mend(): void
  close(): void
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false

  const join = (one: Socket, other: Socket) => {
    open.add(one)
    one.pipe(other)
    one.on('error', () => other.destroy())
    one.on('close', () => {
      open.delete(one)
      other.destroy()
    })
  }

  const listener = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    join(near, far)
    join(far, near)
  })
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
  const { port: ownPort } = listener.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${ownPort}`,
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend() {
      isCut = false
    },
    close() {
      listener.close()
      for (const socket of open) socket.destroy()
    },
  }
}
