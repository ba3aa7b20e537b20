/** Finding messages among a million, in Chinese and English, through the server's own door, on both stores. */
import { migrate } from '@rookery/server'
import { bus, database } from './cluster-parts.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { makeCorpus, makeQueries, type Corpus, type QueryKind } from './search-corpus.ts'
import { startRookery, type ServerProcess } from './server.ts'
import { quantile } from './statistics.ts'
import { callServer } from './world.ts'

const queries = 350

/** Milliseconds, by what was looked for. */
type Times = Map<QueryKind, number[]>

async function search(server: ServerProcess, { token, conversation }: Corpus): Promise<readonly Sample[]> {
  const [everywhere, inOne]: [Times, Times] = [new Map(), new Map()]
  let empty = 0
  for (const { kind, text: query } of makeQueries(queries)) {
    for (const [times, where] of [
      [everywhere, {}],
      [inOne, { conversation }],
    ] as const) {
      const began = performance.now()
      const { found } = await callServer(server.port, 'messages.find', { limit: 20, query, ...where }, token)
      times.set(kind, [...(times.get(kind) ?? []), performance.now() - began])
      if (times === everywhere && found.length === 0) empty += 1
    }
  }
  await server.stop()
  if (empty > queries / 3) throw new Error('Most searches found nothing.')
  return [everywhere, inOne].map((times) => {
    const all = [...times.values()].flat()
    const kinds = Object.fromEntries([...times].map(([kind, some]) => [`p95_${kind}`, at(some, 0.95)]))
    return { value: at(all, 0.95), details: { p50: at(all, 0.5), max: Math.max(...all), ...kinds } }
  })
}

function at(list: readonly number[], share: number): number {
  return quantile(Float64Array.from(list), share)
}

async function measureSqlite(site: Site): Promise<readonly Sample[]> {
  const corpus = await makeCorpus(site)
  return search(await startRookery(corpus.folder), corpus)
}

let copied: Promise<string> | null = null

/** The same messages in PostgreSQL; the address. */
async function copyToPostgres({ folder }: Corpus): Promise<string> {
  const url = await (await database()).createDatabase()
  const report = await migrate({ from: folder, to: url, replace: false, onTable: () => undefined })
  if (!report.ok) throw new Error(report.problem)
  return url
}

async function measurePostgres(site: Site): Promise<readonly Sample[]> {
  const corpus = await makeCorpus(site)
  copied ??= copyToPostgres(corpus)
  const settings = { DATABASE_URL: await copied, NATS_URL: (await bus()).url }
  return search(await startRookery(corpus.folder, settings), corpus)
}

export const searchMeasurements: readonly Measurement[] = [
  {
    figures: [figure('search.p95', 'ms', 'less'), figure('search.one_chat.p95', 'ms', 'less')],
    measure: measureSqlite,
  },
]

export const clusterSearchMeasurements: readonly Measurement[] = [
  {
    figures: [
      figure('search.p95.postgres', 'ms', 'less', 'search.p95'),
      figure('search.one_chat.p95.postgres', 'ms', 'less', 'search.one_chat.p95'),
    ],
    measure: measurePostgres,
  },
]
