/** What follows from a body: whether it counts as news, whom it mentions, how it is found. */
import { LIMITS, type Body } from '@rookery/protocol'
import type { Content } from './log-ports.ts'
import type { Searchable } from './search-ports.ts'
import { tokenize } from './tokens.ts'

const link = /\bhttps?:\/\/\S/i

/** UTF-16 units of what one message is found by: all of any text, a space after each character of it. */
const mostWords = 2 * LIMITS.textLength
/** Between the texts of a merged forward, so that nothing is found across two. No token is made of it, so nobody asks for it. */
const between = ' ¶ '

export function contentOf(body: Body): Content {
  return {
    body,
    quiet: body.kind === 'event' || body.kind === 'recalled',
    mentions: mentionsOf(body),
    searchable: searchableOf(body),
  }
}

function mentionsOf(body: Body): readonly number[] {
  if (body.kind !== 'text') return []
  return [...new Set(body.mentions_all ? [0, ...(body.mentions ?? [])] : body.mentions)]
}

function searchableOf(body: Body): Searchable | null {
  switch (body.kind) {
    case 'text':
      return { words: wordsOf([body.text]), kind: link.test(body.text) ? 'link' : 'text' }
    case 'merged':
      return { words: wordsOf(body.items.map(({ text }) => text)), kind: 'merged' }
    case 'shake':
    case 'event':
    case 'recalled':
      return null
  }
}

/** What is past the most is not even read: a forward of forwards is long. */
function wordsOf(texts: readonly string[]): string {
  let words = ''
  for (const text of texts) {
    const next = tokenize(text).join(' ')
    if (next !== '') words += words === '' ? next : between + next
    if (words.length > mostWords) return cut(words)
  }
  return words
}

/** To whole words, unless it is a single one. */
function cut(words: string): string {
  const end = words.lastIndexOf(' ', mostWords)
  return words.slice(0, end > 0 ? end : mostWords)
}
