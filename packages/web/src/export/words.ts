/** What the forms of an exported chat have in common. Pure. */
import type { Entry } from './entries.ts'

/** What is said about messages, in the reader's language. */
export interface WriteOptions {
  readonly locale: string
  readonly edited: string
  readonly forwarded: (name: string) => string
}

export function isSaying({ kind }: Pick<Entry, 'kind'>): boolean {
  return kind === 'text' || kind === 'merged'
}

export function timeFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
}
