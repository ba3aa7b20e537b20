import { expect, test } from 'bun:test'
import { monthDays } from './calendar.ts'

test('whole weeks from Monday, with every day of the month once', () => {
  for (let month = 0; month < 24; month += 1) {
    const days = monthDays(2027, month)
    expect(days.length % 7).toBe(0)
    expect(days[0]?.getDay()).toBe(1)
    const wanted = new Date(2027, month, 1)
    const inside = days.filter((day) => day.getMonth() === wanted.getMonth())
    expect(inside.map((day) => day.getDate())).toEqual(inside.map((_, index) => index + 1))
    expect(new Set(days.map((day) => day.toDateString())).size).toBe(days.length)
  }
})

test('a month that begins on a Monday has no days of the one before', () => {
  expect(monthDays(2027, 1)).toHaveLength(28)
})
