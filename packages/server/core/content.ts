/** What follows from a body: whether it counts as news, whom it mentions, how it is found. */
import type { Body } from '@rookery/protocol'
import type { Content } from './log-ports.ts'
import type { Searchable } from './search-ports.ts'
import { tokenize } from './tokens.ts'

const link = /\bhttps?:\/\/\S/i

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
      return { words: tokenize(body.text).join(' '), kind: link.test(body.text) ? 'link' : 'text' }
    case 'merged':
      return { words: body.items.flatMap(({ text }) => tokenize(text)).join(' '), kind: 'merged' }
    case 'shake':
    case 'event':
    case 'recalled':
      return null
  }
}
