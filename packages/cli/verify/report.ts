/** What a check found, as figures. */
import type { Fault, FaultKind } from './faults.ts'
import type { History } from './history.ts'

export interface Report {
  readonly seed: number
  readonly devices: number
  readonly sends: number
  readonly acknowledged: number
  /** Edits, recalls and reactions that were answered. */
  readonly amended: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
  readonly changed: number
  readonly gaps: number
  readonly foreign: number
  readonly refused: number
  readonly differing_devices: number
  readonly pointer_faults: number
  readonly unread_faults: number
  /** Milliseconds from sending to being seen by another person, both connected. Null: nothing was measured. */
  readonly delay: { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number } | null
  /** Milliseconds from the mending until all devices were equal. Null: they never were. */
  readonly equal_after: number | null
  /** The first ones, in words. */
  readonly faults: readonly string[]
  readonly fault_count: number
}

export interface ReportParts {
  readonly seed: number
  readonly devices: number
  readonly history: Pick<History, 'sent' | 'acknowledged'>
  readonly amended: number
  readonly faults: readonly Fault[]
  /** Ascending. */
  readonly delays: readonly number[]
  readonly equalAfter: number | null
}

const shownFaults = 50

export function makeReport({ seed, devices, history, amended, faults, delays, equalAfter }: ReportParts): Report {
  const count = (wanted: FaultKind) => faults.filter(({ kind }) => kind === wanted).length
  return {
    seed,
    devices,
    sends: history.sent,
    acknowledged: history.acknowledged,
    amended,
    lost: count('lost'),
    doubled: count('doubled'),
    disordered: count('disordered'),
    changed: count('changed'),
    gaps: count('gap'),
    foreign: count('foreign'),
    refused: count('refused'),
    differing_devices: new Set(faults.flatMap(({ device }) => device ?? [])).size,
    pointer_faults: count('pointer'),
    unread_faults: count('unread'),
    delay: delays.length > 0 ? describe(delays) : null,
    equal_after: equalAfter === null ? null : Math.round(equalAfter),
    faults: faults.slice(0, shownFaults).map(({ text }) => text),
    fault_count: faults.length,
  }
}

function describe(ascending: readonly number[]): NonNullable<Report['delay']> {
  const at = (share: number) => {
    const value = ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0
    return Math.round(value * 10) / 10
  }
  return { count: ascending.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

export function printReport(report: Report): string {
  const { delay, equal_after: equalAfter, faults, fault_count: faultCount } = report
  const figures = [
    ['sends', report.sends],
    ['acknowledged', report.acknowledged],
    ['amended', report.amended],
    ['lost', report.lost],
    ['doubled', report.doubled],
    ['disordered', report.disordered],
    ['changed', report.changed],
    ['gaps', report.gaps],
    ['foreign', report.foreign],
    ['refused', report.refused],
    ['differing devices', `${report.differing_devices} of ${report.devices}`],
    ['read pointer faults', report.pointer_faults],
    ['unread faults', report.unread_faults],
    ['delivery', delay ? `p50 ${delay.p50} ms, p99 ${delay.p99} ms, max ${delay.max} ms` : 'not measured'],
    ['all equal', equalAfter === null ? 'never' : `${equalAfter} ms after the mending`],
    ['seed', report.seed],
  ].map(([name, value]) => `${String(name).padEnd(20)} ${value}`)
  const rest = faultCount > faults.length ? [`… and ${faultCount - faults.length} more`] : []
  return [...figures, ...faults, ...rest].join('\n')
}
