/** Several things in one sentence. */
import { textsLocale } from './messages.ts'

export function joinList(names: readonly string[]): string {
  return new Intl.ListFormat(textsLocale(), { type: 'conjunction' }).format(names)
}
