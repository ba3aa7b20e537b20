import { expect, test } from 'bun:test'
import { array, assert, constant, emailAddress, oneof, property, string, webUrl } from 'fast-check'
import { splitLinks } from './links.ts'

const links = (text: string) => splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

test('finds addresses with and without a scheme, and mail', () => {
  expect(links('see https://example.org/a?b=1#c, and example.com')).toEqual([
    'https://example.org/a?b=1#c',
    'http://example.com',
  ])
  expect(links('mail one@example.org')).toEqual(['mailto:one@example.org'])
})

test('stops at Chinese punctuation', () => {
  expect(links('看 https://example.org/页面，很好')).toEqual(['https://example.org/页面'])
})

test('never links what could run or fetch', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', '//example.org', 'file:///etc']) {
    expect([text, links(text)]).toEqual([text, []])
  }
})

test('the parts joined are the text', () => {
  assert(
    property(array(oneof(string(), webUrl(), emailAddress(), constant('，'))), (pieces) => {
      const text = pieces.join(' ')
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
