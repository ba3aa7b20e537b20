/** Finds the names that a text calls out. The parts joined are the text again. Pure. */
import { escapePattern } from '../ui/escape-pattern.ts'

export interface MentionPart {
  readonly at: number
  readonly text: string
  readonly kind: 'text' | 'other' | 'me'
}

export interface Names {
  /** What the reader is called, and what everybody is: these stand out more. */
  readonly mine: readonly string[]
  readonly others: readonly string[]
}

export function splitMentions(text: string, { mine, others }: Names): MentionPart[] {
  const names = [...new Set([...mine, ...others])].filter((name) => name !== '')
  if (names.length === 0 || !text.includes('@')) return [{ at: 0, text, kind: 'text' }]
  // The longest first: one name may begin with another.
  const pattern = new RegExp(
    names
      .sort((one, other) => other.length - one.length)
      .map((name) => escapePattern(`@${name}`))
      .join('|'),
    'g',
  )
  const parts: MentionPart[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > end) parts.push({ at: end, text: text.slice(end, index), kind: 'text' })
    parts.push({ at: index, text: found, kind: mine.includes(found.slice(1)) ? 'me' : 'other' })
    end = index + found.length
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), kind: 'text' })
  return parts
}

/** What is being looked for behind the last `@` before the caret; null where nobody is called out. */
export function mentionQuery(text: string, caret: number): string | null {
  const found = /(?:^|[^\w.@])@([^\s@]{0,32})$/u.exec(text.slice(0, caret))
  return found?.[1] ?? null
}
