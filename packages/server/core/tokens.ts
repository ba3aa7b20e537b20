/**
 * What of a text is found by: words of letters and digits as they are, and each character of scripts that put no space
 * between words, so that one Chinese character is enough and no dictionary is asked.
 */
import { foldName } from './names.ts'
import type { Phrase } from './search-ports.ts'

const spaceless = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const isSpaceless = new RegExp(`^[${spaceless}]`, 'v')
const tokens = new RegExp(
  String.raw`[${spaceless}]|[[\p{L}\p{N}\p{M}]--[${spaceless}]]+|\p{Extended_Pictographic}`,
  'gv',
)

export function tokenize(text: string): string[] {
  return foldName(text).match(tokens) ?? []
}

/** What somebody looks for: each part between spaces as it stands; its last word may be the beginning of one. */
export function readQuery(query: string): Phrase[] {
  return foldName(query)
    .split(/\s+/)
    .map(tokenize)
    .filter((found) => found.length > 0)
    .map((found) => ({ tokens: found, isPrefix: !isSpaceless.test(found.at(-1) ?? '') }))
}
