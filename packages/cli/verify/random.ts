/** Chance that can be had again: the same seed makes the same choices. */

export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** A whole number below `count`. */
  below(count: number): number
  between(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item | undefined
  /** One of the names, each as often as its weight says. */
  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    pick: (items) => items[below(items.length)],
    weigh<Name extends string>(weights: Readonly<Record<Name, number>>) {
      const names = Object.keys(weights) as Name[]
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      const found = names.find((name) => (left -= weights[name]) < 0) ?? names.at(-1)
      if (found === undefined) throw new Error('There is nothing to choose from.')
      return found
    },
  }
}
