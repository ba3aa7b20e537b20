/** Rounds to medians, and medians to a table or to lines of JSON. */
import type { Figure, Sample } from './figures.ts'
import { median } from './statistics.ts'

/** All samples of each figure by its name, one a round. */
export type Samples = ReadonlyMap<string, readonly Sample[]>

export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly rounds: number
  readonly limit?: { readonly name: string; readonly value: number }
  /** How near to the limit, 1 being all the way: median of what each round gave. */
  readonly share?: number
  readonly details?: Readonly<Record<string, number>>
}

export function makeRow(figure: Figure, samples: Samples): Row {
  const own = samples.get(figure.name) ?? []
  const values = own.map(({ value }) => value)
  const details = mediansOf(own)
  const row = {
    name: figure.name,
    value: median(values),
    unit: figure.unit,
    low: Math.min(...values),
    high: Math.max(...values),
    rounds: values.length,
    ...(details && { details }),
  }
  const limits = figure.limit === null ? undefined : samples.get(figure.limit)?.map(({ value }) => value)
  if (figure.limit === null || !limits) return row
  const shares = values.map((value, index) => {
    const limit = limits[index] ?? Number.NaN
    return figure.better === 'more' ? value / limit : limit / value
  })
  return { ...row, limit: { name: figure.limit, value: median(limits) }, share: median(shares) }
}

function mediansOf(samples: readonly Sample[]): Record<string, number> | null {
  const names = Object.keys(samples[0]?.details ?? {})
  if (names.length === 0) return null
  return Object.fromEntries(names.map((name) => [name, median(samples.map(({ details }) => details?.[name] ?? 0))]))
}

export function printTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, value, unit, low, high, limit, share }) => [
    name,
    number(value),
    unit,
    `${number(low)} to ${number(high)}`,
    limit ? `${number(limit.value)} (${limit.name})` : '',
    share === undefined ? '' : `${Math.round(share * 100)}%`,
  ])
  return align([['figure', 'median', 'unit', 'spread', 'limit', 'share'], ...lines])
}

/** Ours and the others' medians, a line for each server; empty where nothing stands beside ours. */
export function printComparison(rows: readonly Row[], servers: readonly string[]): string {
  const valueOf = new Map(rows.map(({ name, value }) => [name, value]))
  const compared = rows.filter(({ name }) => servers.some((server) => valueOf.has(`${name}.${server}`)))
  if (compared.length === 0) return ''
  const line = (server: string, suffix: string) => [
    server,
    ...compared.map(({ name }) => {
      const value = valueOf.get(name + suffix)
      return value === undefined ? '' : number(value)
    }),
  ]
  const others = servers.map((server) => line(server, `.${server}`)).filter((cells) => cells.slice(1).some(Boolean))
  return align([['server', ...compared.map(({ name, unit }) => `${name} ${unit}`)], line('rookery', ''), ...others])
}

function align(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function printJson(rows: readonly Row[]): string {
  return rows
    .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? shorten(value) : value)))
    .join('\n')
}

/** Four digits are more than a noisy machine can tell. */
function shorten(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4))
}

function number(value: number): string {
  return value.toLocaleString(
    'en',
    value < 10
      ? { maximumFractionDigits: 2 }
      : value < 100
        ? { maximumFractionDigits: 1 }
        : { maximumFractionDigits: 0 },
  )
}
