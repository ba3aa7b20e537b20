/** A million messages of one person's, in Chinese and English, and what is looked for among them. */
import { contentOf } from '../packages/server/core/content.ts'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { makeScratch } from './cleanup.ts'
import type { Site } from './figures.ts'
import { makeSession, valueOf } from './groups.ts'

const messages = 1_000_000
const quickMessages = 100_000
const chats = 500
/** Appends on the way: what the store takes in one transaction. */
const atOnce = 1_000

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

const kinds = ['rare', 'word', 'common', 'beginning', 'character', 'pair', 'both'] as const
export type QueryKind = (typeof kinds)[number]

export interface Query {
  readonly kind: QueryKind
  readonly text: string
}

/** The same in every run; every kind equally often. */
export function makeQueries(count: number): Query[] {
  const random = createRandom(2)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const texts: Record<QueryKind, () => string> = {
    rare: () => pick(rare),
    word: () => `word${Math.floor(random() * 50_000)}`,
    common: () => pick(english),
    beginning: () => pick(english).slice(0, 3),
    character: () => pick(chinese),
    pair: () => pick(chinese) + pick(chinese),
    both: () => `${pick(english.slice(1))} ${pick(chinese)}`,
  }
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? 'rare'
    return { kind, text: texts[kind]() }
  })
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

export interface Corpus {
  readonly folder: string
  /** Of somebody in 500 conversations, who has all of the messages. */
  readonly token: string
  /** One of them. */
  readonly conversation: number
}

async function fill(folder: string, count: number): Promise<Corpus> {
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
  return { folder, token, conversation: conversations[0]?.conversation ?? 0 }
}

let made: Promise<Corpus> | null = null

/** Made when first needed, for all rounds: a search changes nothing. */
export function makeCorpus({ parent, isQuick }: Site): Promise<Corpus> {
  made ??= fill(makeScratch(parent).path, isQuick ? quickMessages : messages)
  return made
}
