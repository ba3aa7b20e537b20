/** `npm run bench`: measures in rounds, so that a figure and its limit see the same weather; then reports medians. */
import { cpus, loadavg } from 'node:os'
import { leaveOutCluster } from './cluster-parts.ts'
import { clusterMeasurements } from './cluster.ts'
import { comingBackMeasurements } from './coming-back.ts'
import type { Measurement, Sample, Site } from './figures.ts'
import { groupMeasurements } from './groups.ts'
import { historyMeasurements } from './history.ts'
import { limitMeasurements } from './machine-limits.ts'
import { oldClientMeasurements } from './old-clients.ts'
import { leaveOutOthers, otherMeasurements, otherServers } from './others/others.ts'
import { readOptions, type Options } from './options.ts'
import { isPinned } from './processes.ts'
import { makeRow, printComparison, printJson, printTable } from './report.ts'
import { clusterSearchMeasurements, searchMeasurements } from './searching.ts'
import { sendingMeasurements } from './sending.ts'
import { standingMeasurements } from './standing.ts'
import { leaveOutWeb, webMeasurements } from './web.ts'
import { makeWorld, type World } from './world.ts'

const options = readOptions(process.argv.slice(2))
const needingCluster = [...clusterSearchMeasurements, ...clusterMeasurements]
const asked = choose(
  [
    ...limitMeasurements,
    ...sendingMeasurements,
    ...oldClientMeasurements,
    ...comingBackMeasurements,
    ...standingMeasurements,
    ...groupMeasurements,
    ...searchMeasurements,
    ...historyMeasurements,
    ...webMeasurements,
    ...needingCluster,
    ...otherMeasurements,
  ],
  options,
)
if (asked.length === 0) {
  console.error(`No figure's name begins with ${options.only.join(' or ')}.`)
  process.exit(2)
}
const chosen = leaveOutCluster(leaveOutWeb(leaveOutOthers(asked, options.withOthers)), needingCluster)

let world: Promise<World> | null = null
const site: Site = {
  parent: options.folder,
  isQuick: options.isQuick,
  world() {
    world ??= makeWorld(options.folder)
    return world
  },
}
const loadBefore = loadavg()[0] ?? 0
const samples = new Map<string, Sample[]>()
const failed = new Map<Measurement, unknown>()

for (let round = 1; round <= options.rounds; round += 1) {
  for (const measurement of chosen) {
    if (failed.has(measurement)) continue
    progress(`round ${round} of ${options.rounds}: ${namesOf(measurement)}`)
    try {
      note(measurement, await measurement.measure(site))
    } catch (error) {
      // Whatever it had given before, in a run in which it went wrong it is no measurement. The others are.
      failed.set(measurement, error)
    }
  }
}
progress('')

const done = chosen.filter((measurement) => !failed.has(measurement))
for (const { name } of [...failed.keys()].flatMap(({ figures }) => figures)) samples.delete(name)
const rows = done.flatMap(({ figures }) => figures).map((figure) => makeRow(figure, samples))
const serverNames = otherServers.map(({ name }) => name)
if (options.isJson) console.log(printJson(rows))
else console.log(`${printTable(rows)}\n\n${printComparison(rows, serverNames)}`.trimEnd())
const pinning = isPinned ? 'server on core 0, load on core 1' : 'NOT pinned to cores: expect more noise'
console.error(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Bun ${Bun.version}, ${pinning}.`)
console.error(
  `Load average before the run: ${loadBefore.toFixed(1)}. Near 0, the figures can be believed; else the ratios.`,
)
for (const [measurement, error] of failed) console.error(`Not measured: ${namesOf(measurement)}. ${describe(error)}`)
process.exit(failed.size > 0 ? 1 : 0)

function namesOf({ figures }: Measurement): string {
  return figures.map(({ name }) => name).join(', ')
}

function note({ figures }: Measurement, measured: readonly Sample[]): void {
  figures.forEach(({ name }, index) => {
    const sample = measured[index]
    if (sample) samples.set(name, [...(samples.get(name) ?? []), sample])
  })
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What was asked for, and the limits that it is compared with. */
function choose(all: readonly Measurement[], { only }: Options): readonly Measurement[] {
  if (only.length === 0) return all
  const isAsked = (name: string) => only.some((beginning) => name.startsWith(beginning))
  const wanted = new Set(
    all.flatMap(({ figures }) =>
      figures.filter(({ name }) => isAsked(name)).flatMap(({ name, limit }) => [name, limit]),
    ),
  )
  return all.filter(({ figures }) => figures.some(({ name }) => wanted.has(name)))
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}
