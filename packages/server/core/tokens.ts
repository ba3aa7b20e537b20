/**
 * What of a text is found by: words of letters and digits as they are, and each character of scripts that put no space
 * between words, so that one Chinese character is enough and no dictionary is asked.
 */
import { foldName } from './names.ts'
import type { Phrase } from './search-ports.ts'

/** What belongs to these scripts alone, and letters and marks that they share with each other, such as `ー`. */
const spaceless = `[${inScripts('sc')}[[${inScripts('scx')}&&[\\p{L}\\p{M}]]--\\p{scx=Latin}]]`
const isSpaceless = new RegExp(`^${spaceless}`, 'v')
/** No mark begins a word, nor does a letter that only says how to read another, such as `ˇ`. */
const beginning = String.raw`[[\p{L}\p{N}]--[${spaceless}[\p{Lm}&&\p{sc=Common}]]]`
const tokens = new RegExp(
  String.raw`${spaceless}|${beginning}[[\p{L}\p{N}\p{M}]--${spaceless}]*|\p{Extended_Pictographic}`,
  'gv',
)

function inScripts(property: 'sc' | 'scx'): string {
  const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  return `[${scripts.map((script) => String.raw`\p{${property}=${script}}`).join('')}]`
}

export function tokenize(text: string): string[] {
  return fold(text).match(tokens) ?? []
}

/** As names, and closer still: how a character is drawn does not matter, nor where in its word a sigma stands. */
function fold(text: string): string {
  return foldName(text.replaceAll(/\p{Variation_Selector}/gu, '')).replaceAll('ς', 'σ')
}

/** Of more parts than these only the longest are looked for: each costs about as much as the first. */
const mostParts = 8

/**
 * What somebody looks for: each part between spaces as it stands; its last word may be the beginning of one. What
 * another part implies is left out.
 */
export function readQuery(query: string): Phrase[] {
  const parts = fold(query)
    .split(/\s+/)
    .map(tokenize)
    .filter((found) => found.length > 0)
    .map((found) => ({ tokens: found, isPrefix: !isSpaceless.test(found.at(-1) ?? '') }))
  return takeLongest(parts.filter((part, place) => !isImplied(part, place, parts)))
}

/** In their order, and of those that are as long the first. */
function takeLongest(parts: readonly Phrase[]): Phrase[] {
  const longest = new Set(parts.toSorted((one, other) => lengthOf(other) - lengthOf(one)).slice(0, mostParts))
  return parts.filter((part) => longest.has(part))
}

function lengthOf({ tokens: all }: Phrase): number {
  return all.join('').length
}

/** Of equal parts the first one stays. */
function isImplied(part: Phrase, place: number, parts: readonly Phrase[]): boolean {
  return parts.some(
    (other, index) => index !== place && implies(other, part) && (index < place || !implies(part, other)),
  )
}

/** Whether whatever holds the one holds the other. */
function implies(one: Phrase, other: Phrase): boolean {
  const last = other.tokens.length - 1
  return one.tokens.some((_, start) =>
    other.tokens.every((token, index) => {
      const there = one.tokens[start + index] ?? ''
      return index === last && other.isPrefix ? there.startsWith(token) : there === token
    }),
  )
}
