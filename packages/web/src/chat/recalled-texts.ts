/** What one took back a moment ago, to be written anew; kept in this window only, and not for long. */

const lastsMs = 5 * 60_000
const texts = new Map<string, string>()

export function keepRecalled(id: string, text: string): void {
  texts.set(id, text)
  setTimeout(() => texts.delete(id), lastsMs)
}

/** Null where there is none, or no longer. */
export function recalledText(id: string): string | null {
  return texts.get(id) ?? null
}
