/** Work of each key one at a time, in order. */

/**
 * @param most the pieces of one key that may wait or run; what comes beyond is dropped.
 * @param onError is told of a piece that threw; those behind it have their turn.
 */
export function createTurns(
  most: number,
  onError: (error: unknown) => void,
): (key: string, work: () => Promise<void>) => void {
  const queues = new Map<string, (() => Promise<void>)[]>()

  async function run(key: string, queue: (() => Promise<void>)[]): Promise<void> {
    for (let work = queue[0]; work; work = queue[0]) {
      await work().catch(onError)
      queue.shift()
    }
    queues.delete(key)
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
