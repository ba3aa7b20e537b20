/** What the page of all results is asked for, as its address says it. Pure. */
import { LIMITS } from '@rookery/protocol'
import type { HitQuery } from './use-message-hits.ts'

export const kinds = ['text', 'link', 'merged'] as const
export type Kind = (typeof kinds)[number]

export interface Filters {
  readonly q: string
  readonly chat: number | null
  readonly from: number | null
  readonly kind: Kind | null
  /** Days as `2026-04-18`, by the reader's calendar; empty for no bound. */
  readonly since: string
  readonly until: string
}

export function readFilters(search: string): Filters {
  const given = new URLSearchParams(search)
  const kind = given.get('kind')
  return {
    q: given.get('q') ?? '',
    chat: readNumber(given.get('chat')),
    from: readNumber(given.get('from')),
    kind: kinds.find((one) => one === kind) ?? null,
    since: readDay(given.get('since')),
    until: readDay(given.get('until')),
  }
}

export function writeFilters(filters: Filters): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(filters))
    if (value !== null && value !== '') given.set(name, String(value))
  return given.toString()
}

/** Null while there are no words. */
export function toQuery({ q, chat, from, kind, since, until }: Filters): HitQuery | null {
  const query = q.trim().slice(0, LIMITS.nameLength)
  if (query === '') return null
  return {
    query,
    ...(chat !== null && { conversation: chat }),
    ...(from !== null && { sender: from }),
    ...(kind !== null && { kind }),
    ...(since !== '' && { from: midnight(since, 0) }),
    // Up to the last moment of that day.
    ...(until !== '' && { until: midnight(until, 1) - 1 }),
  }
}

function midnight(day: string, later: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).getTime()
}

function readNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function readDay(text: string | null): string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : ''
}
