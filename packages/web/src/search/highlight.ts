/** Marks in a text what was searched for. The parts joined are the text again. */

export interface Part {
  readonly text: string
  readonly hit: boolean
  /** Where it begins: what tells equal parts apart. */
  readonly at: number
}

/** Scripts that put no spaces between words: there a hit may begin anywhere. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u
const letter = /[\p{L}\p{N}]/u

export function highlight(text: string, query: string): Part[] {
  const hits = merge(findHits(text, query))
  const parts: Part[] = []
  let end = 0
  for (const [from, to] of hits) {
    if (from > end) parts.push({ text: text.slice(end, from), hit: false, at: end })
    parts.push({ text: text.slice(from, to), hit: true, at: from })
    end = to
  }
  if (end < text.length) parts.push({ text: text.slice(end), hit: false, at: end })
  return parts
}

/** What is shown of a long text: from a little before the first hit. */
export function snippet(text: string, query: string, before = 24, most = 160): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const [first] = merge(findHits(line, query))
  const from = first === undefined || first[0] <= before ? 0 : startOf(line, first[0] - before)
  const shown = line.slice(from, from + most)
  return `${from > 0 ? '…' : ''}${shown.toWellFormed()}${from + most < line.length ? '…' : ''}`
}

type Span = readonly [from: number, to: number]

function findHits(text: string, query: string): Span[] {
  const lower = text.toLowerCase()
  // Where lower case is longer (İ), places would not be the same.
  const haystack = lower.length === text.length ? lower : text
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean)
  return words.flatMap((word) => {
    const spans: Span[] = []
    for (let at = haystack.indexOf(word); at !== -1; at = haystack.indexOf(word, at + word.length)) {
      const isInside = at > 0 && letter.test(haystack.charAt(at - 1)) && !unspaced.test(word.charAt(0))
      const isAfterUnspaced = at > 0 && unspaced.test(haystack.charAt(at - 1))
      if (!isInside || isAfterUnspaced) spans.push([at, at + word.length])
    }
    return spans
  })
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const [from, to] of spans.toSorted(([one], [other]) => one - other)) {
    const last = merged.at(-1)
    if (last && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)]
    else merged.push([from, to])
  }
  return merged
}

/** Not in the middle of a word, where there are words. */
function startOf(text: string, at: number): number {
  const space = text.indexOf(' ', at)
  return space !== -1 && space - at < 12 ? space + 1 : at
}
