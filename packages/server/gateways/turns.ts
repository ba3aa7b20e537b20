/** Work of each key one at a time, in order. */

/** @param most the pieces of one key that may wait or run; what comes beyond is dropped. */
export function createTurns(most: number): (key: string, work: () => Promise<void>) => void {
  const queues = new Map<string, (() => Promise<void>)[]>()

  async function run(key: string, queue: (() => Promise<void>)[]): Promise<void> {
    try {
      for (let work = queue[0]; work; work = queue[0]) {
        await work()
        queue.shift()
      }
    } finally {
      queues.delete(key)
    }
  }

  return (key, work) => {
    const queue = queues.get(key)
    if (queue && queue.length < most) queue.push(work)
    if (queue) return
    const begun = [work]
    queues.set(key, begun)
    void run(key, begun)
  }
}
