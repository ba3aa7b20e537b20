/** Several things in one sentence. */
import { getLocale } from '../paraglide/runtime.js'

export function joinList(names: readonly string[]): string {
  return new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(names)
}
