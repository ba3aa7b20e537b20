/** The same scenarios on other servers, in the same rounds. */
import { figure, type Figure, type Measurement, type Sample, type Site } from '../figures.ts'
import { nameOf } from '../load/dialects.ts'
import type { OtherLane } from '../load/jobs.ts'
import { runLoad, startLoad } from '../load.ts'
import { readProcessorTime, readSettledMemory } from '../processes.ts'
import { ejabberdServers } from './ejabberd.ts'
import { inspircd } from './inspircd.ts'
import { mosquitto } from './mosquitto.ts'
import { unpackPackages } from './packages.ts'
import { prosodyServers } from './prosody.ts'
import type { OtherServer } from './server.ts'
import { withOther } from './start.ts'

export const otherServers: readonly OtherServer[] = [...ejabberdServers, ...prosodyServers, inspircd, mosquitto]

const pairs = 100
const connections = (site: Site) => (site.isQuick ? 2_000 : 10_000)

const lanesOf = ({ protocol }: OtherServer) =>
  Array.from({ length: pairs }, (_, index): OtherLane => ({
    kind: 'other',
    protocol,
    from: nameOf(2 * index),
    to: nameOf(2 * index + 1),
  }))

function measureFlood(other: OtherServer, window: number): Measurement['measure'] {
  return (site) =>
    withOther(site, other, 2 * pairs, async ({ port, pid, stop }, folder) => {
      // Prosody reads what all have sent before it answers one: with SQLite that takes a second and more.
      const seconds = (site.isQuick ? 1 : 3) * (other.hasArchive ? 3 : 1)
      const timing = { warmUp: 1, seconds }
      const [began, used] = [performance.now(), readProcessorTime(pid)]
      const result = await runLoad({ kind: 'flood', port, lanes: lanesOf(other), window, ...timing })
      const elapsed = (performance.now() - began) / 1000
      const processor = readProcessorTime(pid) - used
      await stop()
      checkKept(other.countKept?.(folder), result.sent)
      const details = {
        sent: result.sent,
        acknowledged: result.acknowledged,
        delivered: result.delivered,
        load_processor: result.processor,
        server_processor: processor / elapsed,
        cost: (processor / result.sent) * 1e6,
      }
      return [{ value: result.rate, details }]
    })
}

/** Both of two people have it in their archive. */
function checkKept(kept: number | undefined, sent: number): void {
  if (kept !== undefined && kept !== 2 * sent) throw new Error(`${sent} were sent, ${kept} are in two archives each.`)
}

function measurePace(other: OtherServer, rate: number): Measurement['measure'] {
  return (site) =>
    withOther(site, other, 2 * pairs, async ({ port }) => {
      const timing = { warmUp: 1, seconds: site.isQuick ? 1 : 3 }
      const { delivery, late } = await runLoad({ kind: 'pace', port, lanes: lanesOf(other), rate, ...timing })
      const details = { load_late_p50: late.p50, load_late_p99: late.p99 }
      return [delivery.p50, delivery.p99].map((value) => ({ value, details }))
    })
}

/** Each connection is somebody else's: what a person costs is in it. */
function measureIdle(other: OtherServer): Measurement['measure'] {
  return (site) => {
    const count = connections(site)
    return withOther(site, other, count, async ({ port, pid }) => {
      const before = await readSettledMemory(pid)
      const load = await startLoad({ kind: 'hold-others', port, protocol: other.protocol, count })
      const after = await readSettledMemory(pid)
      await load.end()
      const details = { connections: count, before_kb: before, after_kb: after }
      return [{ value: (after - before) / count, details }, { value: load.result.rate }]
    })
  }
}

function measureRest(other: OtherServer): Measurement['measure'] {
  return (site) =>
    withOther(site, other, 0, async ({ pid }): Promise<readonly Sample[]> => {
      return [{ value: (await readSettledMemory(pid)) / 1024 }]
    })
}

/** `send.saturate.mosquitto`: the figure of ours that it stands beside, and whose it is. */
function measurementsOf(other: OtherServer): readonly Measurement[] {
  const beside = (name: string, unit: string, better: Figure['better'], limit: string | null) =>
    figure(`${name}.${other.name}`, unit, better, limit)
  const keeping = (limit: string, otherwise: string | null) => (other.hasArchive ? limit : otherwise)
  const sending: readonly Measurement[] = [
    {
      figures: [beside('send.saturate', 'messages/s', 'more', keeping('limit.inserts', 'limit.echo'))],
      measure: measureFlood(other, 10),
    },
    {
      figures: [beside('send.window1', 'messages/s', 'more', keeping('limit.inserts.window1', 'limit.echo.window1'))],
      measure: measureFlood(other, 1),
    },
    {
      figures: [
        beside('send.delivery.p50', 'ms', 'less', keeping('limit.fsync.p50', null)),
        beside('send.delivery.p99', 'ms', 'less', keeping('limit.fsync.p99', null)),
      ],
      measure: measurePace(other, 1_000),
    },
  ]
  if (other.hasArchive) return sending
  return [
    ...sending,
    {
      figures: [
        beside('idle.memory', 'KB', 'less', 'limit.socket'),
        beside('login.resume', 'connections/s', 'more', 'limit.connect'),
      ],
      measure: measureIdle(other),
    },
    { figures: [beside('rest.memory', 'MB', 'less', null)], measure: measureRest(other) },
  ]
}

export const otherMeasurements: readonly Measurement[] = otherServers.flatMap(measurementsOf)

const isOther = (measurement: Measurement) => otherMeasurements.includes(measurement)

/** Those that can be had: the others' programs come from Debian. */
export function leaveOutOthers(chosen: readonly Measurement[], isAsked: boolean): readonly Measurement[] {
  if (!chosen.some(isOther)) return chosen
  const unpacked = isAsked ? unpackPackages() : null
  if (unpacked?.ok) return chosen
  if (unpacked) console.error(`The figures of other servers are left out: ${unpacked.problem}.`)
  return chosen.filter((measurement) => !isOther(measurement))
}
