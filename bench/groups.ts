/** A group of 5,000 of whom 1,000 are online: what one message costs, and how soon everybody has it. */
import { createHash, randomBytes } from 'node:crypto'
import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import type { Store } from '../packages/server/core/ports.ts'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { makeScratch, withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { runLoad } from './load.ts'
import { startRookery } from './server.ts'

const members = 5_000
const online = 1_000
const paceRate = 20

export interface GroupWorld {
  readonly conversation: number
  /** Of those who are online; the first is the owner. */
  readonly tokens: readonly string[]
}

/** Straight into the store: passwords would cost more than everything else together. */
export async function makeGroup(folder: string): Promise<GroupWorld> {
  const store = await openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })
  const at = Date.now()
  const numbers = await Promise.all(
    Array.from({ length: members }, async (_, index) => {
      const name = `member ${index}`
      const unnamed = { number: null, password_hash: 'none', role: 'member', at, ticket: null } as const
      return valueOf(await store.accounts.create({ ...unnamed, name, folded_name: name, handle: name })).number
    }),
  )
  const [owner = 0] = numbers
  const { conversation } = valueOf(await store.groups.create({ name: 'all', folded_name: 'all', owner }))
  const changed = await store.groups.change({
    conversation,
    expect: 0,
    set: {},
    rows: numbers.map((number) => ({
      row: 'membership',
      owner: number,
      conversation,
      set: { joins: 'with_history', role: number === owner ? 'owner' : 'member' },
      expect: 0,
    })),
    event: null,
  })
  if (valueOf(changed) === 'stale') throw new Error('A new group was stale.')
  const tokens = await Promise.all(numbers.slice(0, online).map((number) => makeSession(store, number)))
  await store.close()
  return { conversation, tokens }
}

export async function makeSession(store: Store, number: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const hash = new Uint8Array(createHash('sha256').update(token).digest())
  const session = randomBytes(12).toString('base64url')
  const device = { device: 'bench', legacy: false, at: Date.now() }
  valueOf(await store.sessions.create({ session, hash, number, password_hash: 'none', ...device }))
  return token
}

export function valueOf<Value>(result: { ok: true; value: Value } | { ok: false; code: string }): Value {
  if (!result.ok) throw new Error(result.code)
  return result.value
}

async function measureFanOut(site: Site): Promise<readonly Sample[]> {
  return withScratch(makeScratch(site.parent), async (folder) => {
    const { conversation, tokens } = await makeGroup(folder)
    const server = await startRookery(folder)
    const rows = () => countRows(folder)
    const before = rows()
    const seconds = site.isQuick ? 2 : 5
    const common = { port: server.port, conversation, tokens, seconds, window: 10 } as const
    const paced = await runLoad({ kind: 'fan-out', ...common, rate: paceRate })
    const flood = await runLoad({ kind: 'fan-out', ...common, rate: null })
    await server.stop()
    const written = rows() - before
    const sent = paced.sent + flood.sent
    if (written !== sent) throw new Error(`${sent} sends wrote ${written} rows.`)
    return [
      { value: flood.rate, details: { sent: flood.sent } },
      { value: paced.p50, details: { sent: paced.sent } },
      { value: paced.p99 },
    ]
  })
}

/** Of everything that a send may write for anybody: messages, memberships, own rows. */
function countRows(folder: string): number {
  const db = new Database(join(folder, 'rookery.db'), { readonly: true })
  const row = db
    .query<{ count: number }, []>(
      `SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM memberships) + (SELECT count(*) FROM mentions)
         + (SELECT sum(rev) FROM accounts) AS count`,
    )
    .get()
  db.close()
  return row?.count ?? 0
}

export const groupMeasurements: readonly Measurement[] = [
  {
    figures: [
      figure('group.fanout', 'deliveries/s', 'more'),
      figure('group.delivery.p50', 'ms', 'less'),
      figure('group.delivery.p99', 'ms', 'less'),
    ],
    measure: measureFanOut,
  },
]
