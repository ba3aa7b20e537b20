/** Collects what screens ask for one by one, to ask the server for many at once; what got no answer is asked again. */

export interface Collector<Item> {
  /** Asked for once, whoever wants it how often meanwhile. */
  want(group: number, item: Item): void
  /** Asks again what got no answer: there is a connection. */
  refresh(): void
}

/** Milliseconds for which wishes are collected: what one screen draws is asked for at once. */
const pause = 20

/**
 * @param limit the most that is asked for at once.
 * @param ask asks for some of one group; false where no answer came.
 */
export function createCollector<Item>(
  limit: number,
  ask: (group: number, items: readonly Item[]) => Promise<boolean>,
): Collector<Item> {
  const waiting = new Map<number, Set<Item>>()
  const asked = new Map<number, Set<Item>>()
  let timer: ReturnType<typeof setTimeout> | null = null

  function setOf(sets: Map<number, Set<Item>>, group: number): Set<Item> {
    const found = sets.get(group) ?? new Set<Item>()
    sets.set(group, found)
    return found
  }

  function askAll(): void {
    timer = null
    const all = [...waiting]
    waiting.clear()
    for (const [group, items] of all)
      for (let from = 0; from < items.size; from += limit) void askSome(group, [...items].slice(from, from + limit))
  }

  async function askSome(group: number, items: readonly Item[]): Promise<void> {
    for (const item of items) setOf(asked, group).add(item)
    const isAnswered = await ask(group, items)
    for (const item of items) setOf(asked, group).delete(item)
    if (!isAnswered) for (const item of items) setOf(waiting, group).add(item)
  }

  return {
    want(group, item) {
      if (setOf(asked, group).has(item)) return
      setOf(waiting, group).add(item)
      timer ??= setTimeout(askAll, pause)
    },
    refresh() {
      if (waiting.size > 0) timer ??= setTimeout(askAll, pause)
    },
  }
}
