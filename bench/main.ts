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

for (let round = 1; round <= options.rounds; round += 1) {
  for (const { figures, measure } of chosen) {
    progress(`round ${round} of ${options.rounds}: ${figures.map(({ name }) => name).join(', ')}`)
    const measured = await measure(site)
    figures.forEach(({ name }, index) => {
      const sample = measured[index]
      if (sample) samples.set(name, [...(samples.get(name) ?? []), sample])
    })
  }
}
progress('')

const rows = chosen.flatMap(({ figures }) => figures).map((figure) => makeRow(figure, samples))
const serverNames = otherServers.map(({ name }) => name)
if (options.isJson) console.log(printJson(rows))
else console.log(`${printTable(rows)}\n\n${printComparison(rows, serverNames)}`.trimEnd())
const pinning = isPinned ? 'server on core 0, load on core 1' : 'NOT pinned to cores: expect more noise'
console.error(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Bun ${Bun.version}, ${pinning}.`)
console.error(
  `Load average before the run: ${loadBefore.toFixed(1)}. Near 0, the figures can be believed; else the ratios.`,
)
process.exit(0)

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
