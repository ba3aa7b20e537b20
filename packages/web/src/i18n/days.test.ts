import { expect, test } from 'bun:test'
import { daysBetween } from './days.ts'

const at = (text: string) => new Date(text).getTime()

test('two minutes across midnight are a day apart', () => {
  expect(daysBetween(at('2026-03-01T23:59:00'), at('2026-03-02T00:01:00'))).toBe(1)
})

test('morning and evening are the same day', () => {
  expect(daysBetween(at('2026-03-01T00:00:00'), at('2026-03-01T23:59:59'))).toBe(0)
})

test('a week, a year and tomorrow', () => {
  expect(daysBetween(at('2026-03-01T12:00:00'), at('2026-03-08T09:00:00'))).toBe(7)
  expect(daysBetween(at('2025-12-31T12:00:00'), at('2026-12-31T12:00:00'))).toBe(365)
  expect(daysBetween(at('2026-03-02T01:00:00'), at('2026-03-01T23:00:00'))).toBe(-1)
})
