/** What goes out to sockets: all frames that one turn of the loop has for a socket leave in one write. */

/** As much of Bun's ServerWebSocket as this needs. */
interface Ws {
  send(frame: string): number
  cork(work: () => void): void
  /** Bytes that the other side has not taken yet. */
  getBufferedAmount(): number
}

export interface Outgoing {
  /** In the order of the calls, at the end of this turn of the loop. */
  send(ws: Ws, frame: string): void
  /**
   * On the lane of hints: a few times a second, of those with one key only the last, and none to a socket that is behind
   * with its reading.
   */
  hint(ws: Ws, key: string, frame: string): void
  /** Writes what this socket still waits for: before it is closed. Hints are dropped. */
  flush(ws: Ws): void
}

/** Milliseconds for which hints are collected. */
const hintPause = 100

/** Bytes not yet taken from which on a socket gets no hints. */
const hintLimit = 16 * 1024

/** A write is a system call, and costs more than the frame in it: this makes of two frames a message a fraction of one. */
export function createOutgoing(): Outgoing {
  let waiting = new Map<Ws, string[]>()
  let hints = new Map<Ws, Map<string, string>>()

  function flushAll(): void {
    const all = waiting
    waiting = new Map()
    for (const [ws, frames] of all) write(ws, frames)
  }

  function sendHints(): void {
    const all = hints
    hints = new Map()
    for (const [ws, frames] of all)
      if (ws.getBufferedAmount() <= hintLimit) for (const frame of frames.values()) send(ws, frame)
  }

  function send(ws: Ws, frame: string): void {
    const frames = waiting.get(ws)
    if (frames) return void frames.push(frame)
    if (waiting.size === 0) setImmediate(flushAll)
    waiting.set(ws, [frame])
  }

  return {
    send,
    hint(ws, key, frame) {
      if (hints.size === 0) setTimeout(sendHints, hintPause)
      const own = hints.get(ws) ?? new Map<string, string>()
      hints.set(ws, own)
      // Moved to the end, so that hints arrive in the order of their last news.
      own.delete(key)
      own.set(key, frame)
    },
    flush(ws) {
      hints.get(ws)?.clear()
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
