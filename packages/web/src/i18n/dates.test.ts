import { expect, test } from 'bun:test'
import { listTime, separatorTime } from './dates.ts'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-03-12T15:30:00')

test('today has a time, in twenty-four hours', () => {
  expect(listTime(at('2026-03-12T00:05:00'), 'en', now)).toBe('00:05')
  expect(separatorTime(at('2026-03-12T14:32:00'), 'zh-CN', now)).toBe('14:32')
})

test('yesterday is called so', () => {
  expect(listTime(at('2026-03-11T23:59:00'), 'en', now)).toBe('Yesterday')
  expect(listTime(at('2026-03-11T23:59:00'), 'zh-CN', now)).toBe('昨天')
  expect(separatorTime(at('2026-03-11T09:00:00'), 'zh-CN', now)).toBe('昨天 09:00')
})

test('this week has weekdays, older days have dates', () => {
  expect(listTime(at('2026-03-07T12:00:00'), 'zh-CN', now)).toBe('周六')
  expect(listTime(at('2026-03-07T12:00:00'), 'en', now)).toBe('Sat')
  expect(listTime(at('2026-02-03T12:00:00'), 'zh-CN', now)).toBe('2月3日')
  expect(listTime(at('2025-12-31T12:00:00'), 'en', now)).toBe('Dec 31, 2025')
})

test('a clock ahead of ours makes a date, not a wrong day', () => {
  expect(listTime(at('2026-03-13T00:01:00'), 'en', now)).toBe('Mar 13')
})
