/** What goes out to sockets: all frames that one turn of the loop has for a socket leave in one write. */

/** As much of Bun's ServerWebSocket as this needs. */
interface Ws {
  send(frame: string): number
  cork(work: () => void): void
}

export interface Outgoing {
  /** In the order of the calls, at the end of this turn of the loop. */
  send(ws: Ws, frame: string): void
  /** Writes what this socket still waits for: before it is closed. */
  flush(ws: Ws): void
}

/** A write is a system call, and costs more than the frame in it: this makes of two frames a message a fraction of one. */
export function createOutgoing(): Outgoing {
  let waiting = new Map<Ws, string[]>()

  function flushAll(): void {
    const all = waiting
    waiting = new Map()
    for (const [ws, frames] of all) write(ws, frames)
  }

  return {
    send(ws, frame) {
      const frames = waiting.get(ws)
      if (frames) return void frames.push(frame)
      if (waiting.size === 0) setImmediate(flushAll)
      waiting.set(ws, [frame])
    },
    flush(ws) {
      const frames = waiting.get(ws)
      if (!frames) return
      // The key stays, empty: a turn that was ordered is a turn that comes.
      waiting.set(ws, [])
      write(ws, frames)
    },
  }
}

function write(ws: Ws, frames: readonly string[]): void {
  const [first] = frames
  if (first === undefined) return
  if (frames.length === 1) return void ws.send(first)
  ws.cork(() => {
    for (const frame of frames) ws.send(frame)
  })
}
