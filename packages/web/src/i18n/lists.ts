/** Several things in one sentence. */
import { textsLocale } from './messages.ts'

export function joinList(names: readonly string[]): string {
  const parts = new Intl.ListFormat(textsLocale(), { type: 'conjunction' }).formatToParts(names)
  return parts.map(({ type, value }) => (type === 'literal' ? spaced(value) : value)).join('')
}

/** Names have spaces around them in all texts: in Chinese they are of either script. */
function spaced(word: string): string {
  return /^\p{Script=Han}+$/u.test(word) ? ` ${word} ` : word
}
