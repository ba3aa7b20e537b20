import { expect, test } from 'bun:test'
import { highlight, snippet } from './highlight.ts'

function mark(text: string, query: string): string {
  return highlight(text, query)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('')
}

test('words are marked where they begin, in any case; Chinese anywhere', () => {
  expect(mark('Release notes for the release', 'rel')).toBe('[Rel]ease notes for the [rel]ease')
  expect(mark('unrelated', 'rel')).toBe('unrelated')
  expect(mark('项目组春季发布', '春季')).toBe('项目组[春季]发布')
  expect(mark('看看release吧', 'release')).toBe('看看[release]吧')
})

test('all words are marked, and hits that touch become one', () => {
  expect(mark('one two three', 'three one')).toBe('[one] two [three]')
  expect(mark('春季发布', '春季 季发')).toBe('[春季发]布')
})

test('the parts are the text again, whatever is in it', () => {
  for (const text of ['', '<b>bold</b>', 'İstanbul is', '👍🏽 ok']) {
    const parts = highlight(text, 'is b ok')
    expect(parts.map((part) => part.text).join('')).toBe(text)
  }
})

test('of a long text the place of the first hit is shown', () => {
  const long = `${'word '.repeat(60)}needle and more`
  const shown = snippet(long, 'needle')
  expect(shown).toStartWith('…')
  expect(shown).toContain('needle and more')
  expect(snippet('short\nneedle', 'needle')).toBe('short needle')
})
