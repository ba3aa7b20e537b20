/** Finding messages among a million, in Chinese and English, through the server's own door. */
import { contentOf } from '../packages/server/core/content.ts'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { withScratch, makeScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { makeSession, valueOf } from './groups.ts'
import { startRookery } from './server.ts'
import { quantile } from './statistics.ts'
import { callServer } from './world.ts'

const messages = 1_000_000
const quickMessages = 100_000
const chats = 500
/** Appends on the way: what the store takes in one transaction. */
const atOnce = 1_000
const queries = 300

/** Common ones are common: the n-th word comes with a probability of about 1/n. */
const english = ['the', 'meeting', 'tomorrow', 'report', 'please', 'lunch', 'server', 'because', 'deadline', 'holiday']
const chinese = Array.from('的我你是了不在有今天明天吃饭会议报告服务器因为假期学校老师同学下午上课作业')
const rare = ['zeppelin', '麒麟', 'xylophone', '貔貅']

function createText(random: () => number, index: number): string {
  const words: string[] = []
  for (let count = 4 + Math.floor(random() * 10); count > 0; count -= 1) {
    const list = random() < 0.5 ? english : chinese
    const word = list[Math.floor(list.length ** random()) - 1] ?? list[0] ?? ''
    words.push(list === chinese ? word + (chinese[Math.floor(random() * chinese.length)] ?? '') : ` ${word} `)
  }
  if (index % 20_011 === 0) words.push(` ${rare[index % rare.length]} `)
  return words.join('') + `word${Math.floor(random() * 50_000)}`
}

function pickQuery(random: () => number): string {
  const kinds = [
    () => rare[Math.floor(random() * rare.length)] ?? '',
    () => `word${Math.floor(random() * 50_000)}`,
    () => english[Math.floor(random() * english.length)] ?? '',
    () => (english[Math.floor(random() * english.length)] ?? '').slice(0, 3),
    () => chinese[Math.floor(random() * chinese.length)] ?? '',
    () =>
      (chinese[Math.floor(random() * chinese.length)] ?? '') + (chinese[Math.floor(random() * chinese.length)] ?? ''),
    () => `${english[1 + Math.floor(random() * 9)]} ${chinese[Math.floor(random() * chinese.length)]}`,
  ]
  return kinds[Math.floor(random() * kinds.length)]?.() ?? ''
}

/** The same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Somebody in 500 conversations, who has all of the messages; their token. */
async function fill(folder: string, count: number): Promise<{ token: string; conversation: number }> {
  const store = await openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })
  const began = Date.now()
  const make = async (index: number) => {
    const name = `person ${index}`
    const unnamed = { number: null, password_hash: 'none', role: 'member', at: began, ticket: null } as const
    return valueOf(await store.accounts.create({ ...unnamed, name, folded_name: name, handle: name })).number
  }
  const me = await make(0)
  const conversations: { conversation: number; other: number }[] = []
  for (let index = 1; index <= chats; index += 1) {
    const other = await make(index)
    const { conversation } = valueOf(await store.conversations.openDirect({ one: me, other }))
    const rows = [me, other].map(
      (owner) => ({ row: 'membership', owner, conversation, set: { writable: true }, expect: 0 }) as const,
    )
    if (valueOf(await store.contacts.change(rows)) === 'stale') throw new Error('A new membership was stale.')
    conversations.push({ conversation, other })
  }
  const random = createRandom(1)
  for (let index = 0; index < count; index += atOnce) {
    await Promise.all(
      Array.from({ length: atOnce }, (_, offset) => {
        const { conversation, other } = conversations[Math.floor(random() * chats)] ?? { conversation: 0, other: 0 }
        const content = contentOf({ kind: 'text', text: createText(random, index + offset) })
        const sender = random() < 0.5 ? me : other
        return store.messages.append({ conversation, sender, id: crypto.randomUUID(), at: began + index, ...content })
      }),
    )
  }
  const token = await makeSession(store, me)
  await store.close()
  return { token, conversation: conversations[0]?.conversation ?? 0 }
}

function at(list: readonly number[], share: number): number {
  return quantile(Float64Array.from(list), share)
}

async function measureSearch(site: Site): Promise<readonly Sample[]> {
  return withScratch(makeScratch(site.parent), async (folder) => {
    const { token, conversation } = await fill(folder, site.isQuick ? quickMessages : messages)
    const server = await startRookery(folder)
    const random = createRandom(2)
    const ask = async (input: { query: string; conversation?: number }) => {
      const began = performance.now()
      const { found } = await callServer(server.port, 'messages.find', { limit: 20, ...input }, token)
      return { time: performance.now() - began, found: found.length }
    }
    const times: number[] = []
    const inOne: number[] = []
    let empty = 0
    for (let index = 0; index < queries; index += 1) {
      const query = pickQuery(random)
      const { time, found } = await ask({ query })
      times.push(time)
      if (found === 0) empty += 1
      inOne.push((await ask({ query, conversation })).time)
    }
    await server.stop()
    if (empty > queries / 3) throw new Error('Most searches found nothing.')
    return [
      { value: at(times, 0.95), details: { p50: at(times, 0.5), max: Math.max(...times), empty } },
      { value: at(inOne, 0.95), details: { p50: at(inOne, 0.5), max: Math.max(...inOne) } },
    ]
  })
}

export const searchMeasurements: readonly Measurement[] = [
  {
    figures: [figure('search.p95', 'ms', 'less'), figure('search.one_chat.p95', 'ms', 'less')],
    measure: measureSearch,
  },
]
