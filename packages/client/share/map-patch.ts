/** How a map differs from an earlier one. The order of its entries is not told. Pure. */

export interface MapPatch<Key, Value> {
  readonly put: readonly (readonly [Key, Value])[]
  readonly gone: readonly Key[]
}

/** Null where nothing differs. Values are compared by identity: they are never changed in place. */
export function diffMaps<Key, Value>(
  before: ReadonlyMap<Key, Value>,
  after: ReadonlyMap<Key, Value>,
): MapPatch<Key, Value> | null {
  if (before === after) return null
  const put = [...after].filter(([key, value]) => before.get(key) !== value || !before.has(key))
  const gone = missing(before.keys(), after)
  return put.length + gone.length > 0 ? { put, gone } : null
}

export function applyMap<Key, Value>(
  before: ReadonlyMap<Key, Value>,
  { put, gone }: MapPatch<Key, Value>,
): ReadonlyMap<Key, Value> {
  const map = new Map(before)
  for (const key of gone) map.delete(key)
  for (const [key, value] of put) map.set(key, value)
  return map
}

export function missing<Key>(keys: Iterable<Key>, from: { has(key: Key): boolean }): Key[] {
  return [...keys].filter((key) => !from.has(key))
}
