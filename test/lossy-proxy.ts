/** A bad network for datagrams: loses, doubles and delays them, by a random source with a seed. */
import { createSocket, type Socket } from 'node:dgram'

export interface LossyProxy {
  readonly address: string
  readonly counts: { lost: number; doubled: number; delayed: number }
  close(): void
}

/** @param seed of a linear congruential generator (the constants are those of Numerical Recipes). */
export async function openLossyProxy(server: string, seed: number): Promise<LossyProxy> {
  const [host = '', port = ''] = server.split(':')
  const counts = { lost: 0, doubled: 0, delayed: 0 }
  const back = new Map<string, Socket>()
  const front = createSocket('udp4')
  let state = seed >>> 0
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32

  function pass(deliver: () => void): void {
    const fate = random()
    if (fate < 0.02) counts.lost += 1
    else if (fate < 0.06) {
      counts.doubled += 1
      deliver()
      setTimeout(deliver, random() * 20)
    } else if (fate < 0.16) {
      counts.delayed += 1
      setTimeout(deliver, random() * 20)
    } else deliver()
  }

  function openBack(clientPort: number, clientAddress: string): Socket {
    const socket = createSocket('udp4')
    socket.on('message', (data) => pass(() => front.send(data, clientPort, clientAddress)))
    return socket
  }

  front.on('message', (data, from) => {
    const key = `${from.address}:${from.port}`
    const socket = back.get(key) ?? openBack(from.port, from.address)
    back.set(key, socket)
    pass(() => socket.send(data, Number(port), host))
  })
  await new Promise<void>((bound) => front.bind(0, '127.0.0.1', bound))
  return {
    address: `127.0.0.1:${front.address().port}`,
    counts,
    close() {
      front.close()
      for (const socket of back.values()) socket.close()
    },
  }
}
