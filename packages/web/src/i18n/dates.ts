/** How moments are written: short in lists, exact between messages. */
import { daysBetween } from './days.ts'
import type { Locale } from './locale.ts'

const styles = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  day: { month: 'short', day: 'numeric' },
  date: { dateStyle: 'medium' },
  full: { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow, using one is not. */
function format(at: number, locale: Locale, style: keyof typeof styles): string {
  const key = locale + style
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, styles[style])
  formats.set(key, known)
  return known.format(at)
}

export function clockTime(at: number, locale: Locale): string {
  return format(at, locale, 'clock')
}

function dayName(at: number, locale: Locale, now: number): string {
  const days = daysBetween(at, now)
  if (days === 1) return yesterday(locale)
  if (days > 1 && days < 7) return format(at, locale, 'weekday')
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(at, locale, thisYear ? 'day' : 'date')
}

/** As a heading, so with a capital letter where there are any. */
function yesterday(locale: Locale): string {
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day')
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)
}

/** For a list: the time today, else the day. */
export function listTime(at: number, locale: Locale, now = Date.now()): string {
  return daysBetween(at, now) === 0 ? clockTime(at, locale) : dayName(at, locale, now)
}

/** Between messages: the time today, else the day and the time. */
export function separatorTime(at: number, locale: Locale, now = Date.now()): string {
  const time = clockTime(at, locale)
  return daysBetween(at, now) === 0 ? time : `${dayName(at, locale, now)} ${time}`
}

export function fullTime(at: number, locale: Locale): string {
  return format(at, locale, 'full')
}
