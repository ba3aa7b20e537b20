import { expect, test } from 'bun:test'
import { readFilters, toQuery, writeFilters } from './filters.ts'

test('an address says what it was written from', () => {
  const filters = {
    q: '春 & more',
    chat: 7,
    from: 10_002,
    kind: 'link',
    since: '2026-04-01',
    until: '2026-04-18',
  } as const
  expect(readFilters(writeFilters(filters))).toEqual(filters)
  const none = { q: '', chat: null, from: null, kind: null, since: '', until: '' }
  expect(readFilters('')).toEqual(none)
  expect(readFilters('?chat=x&from=-1&kind=what&since=yesterday&until=')).toEqual(none)
})

test('days are whole, by the calendar of the reader', () => {
  const query = toQuery(readFilters('q=a&since=2026-04-18&until=2026-04-18'))
  expect(query?.from).toBe(new Date(2026, 3, 18).getTime())
  expect(query?.until).toBe(new Date(2026, 3, 19).getTime() - 1)
})

test('without words nothing is asked', () => {
  expect(toQuery(readFilters('q=%20&chat=7'))).toBeNull()
})
