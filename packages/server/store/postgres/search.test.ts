/** The search on PostgreSQL finds the same on each of its ways: near the end, further back, in the index, in few texts. */
import { expect, test } from 'bun:test'
import { useCluster } from '../../../../test/postgres.ts'
import type { SearchRequest } from '../../core/search-ports.ts'
import { readQuery } from '../../core/tokens.ts'
import { edit, recall } from '../contract/actions.ts'
import { makeAccount, makeConversation, newMessage, valueOf } from '../contract/people.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()
/** More than one walk goes. */
const count = 36_000
const atOnce = 1_000

const places = Array.from({ length: count }, (_, index) => index + 1)
const isIn = {
  many: (place: number) => place % 2 === 0,
  phrase: (place: number) => place % 900 === 0,
  few: (place: number) => place % 17_000 === 7,
  small: (place: number) => place % 100 === 7,
  /** Its characters are in all texts, so that it is walked to; each walk ends right after one. */
  far: (place: number) => place === count - 1_000 || place === count - 31_000,
}

const those = (...tests: ((place: number) => boolean)[]) =>
  places.filter((place) => tests.every((holds) => holds(place))).toReversed()

function textOf(place: number): string {
  const words = [
    'all 我',
    isIn.many(place) ? 'many 学' : '业',
    isIn.phrase(place) ? '学业' : '',
    isIn.few(place) ? 'few' : '',
    isIn.far(place) ? '我all' : '',
  ]
  return `${words.join(' ')} word${place % 1_000} ${place}`
}

test('what is common, rare and far back is found whole, everywhere and in one conversation', async () => {
  const store = await openPostgresStore(await cluster().createDatabase())
  const [one, other, third] = [await makeAccount(store), await makeAccount(store), await makeAccount(store)]
  const large = await makeConversation(store, one, other)
  const small = await makeConversation(store, one, third)
  const seqs = new Map<string, number>()
  for (let first = 0; first < count; first += atOnce)
    await Promise.all(
      places.slice(first, first + atOnce).map(async (place) => {
        const conversation = isIn.small(place) ? small : large
        const { seq } = valueOf(await store.messages.append(newMessage(conversation, one, textOf(place))))
        seqs.set(`${conversation} ${seq}`, place)
      }),
    )

  /** Places, over all pages. */
  async function collect(number: number, query: string, given: Partial<SearchRequest> = {}): Promise<number[]> {
    const nothing = { conversation: null, sender: null, kind: null, from: null, until: null, limit: 200 }
    const found: number[] = []
    for (let after: string | null = null; ;) {
      const request = { number, phrases: readQuery(query), ...nothing, ...given, after }
      const { messages, next } = await store.search.find(request)
      found.push(...messages.map(({ conversation, seq }) => seqs.get(`${conversation} ${seq}`) ?? 0))
      if (next === null) return found
      after = next
    }
  }
  const isLarge = (place: number) => !isIn.small(place)

  const asked: [string, (place: number) => boolean][] = [
    ['学业', isIn.phrase],
    ['many 学业', (place) => isIn.many(place) && isIn.phrase(place)],
    ['few', isIn.few],
    ['fe 我', isIn.few],
    ['word77', (place) => place % 1_000 === 77 || Math.floor((place % 1_000) / 10) === 77],
    ['我all', isIn.far],
    ['业学', () => false],
    ['nowhere', () => false],
  ]
  for (const [query, holds] of asked) {
    expect(await collect(one, query)).toEqual(those(holds))
    expect(await collect(one, query, { conversation: large })).toEqual(those(holds, isLarge))
    expect(await collect(third, query)).toEqual(those(holds, isIn.small))
    expect(await collect(third, query, { conversation: large })).toEqual([])
    expect(await collect(one, query, { limit: 7, conversation: small })).toEqual(those(holds, isIn.small))
  }
  expect(await collect(third, 'al')).toEqual(those(isIn.small))
  expect(await collect(third, 'many', { sender: one })).toEqual([])
  const newest = await store.search.find({
    number: one,
    phrases: readQuery('many'),
    conversation: null,
    sender: one,
    kind: 'text',
    from: null,
    until: null,
    after: null,
    limit: 20,
  })
  expect(newest.messages.map(({ conversation, seq }) => seqs.get(`${conversation} ${seq}`))).toEqual(
    those(isIn.many).slice(0, 20),
  )

  // [D9] On the way through the index and on a walk alike.
  const [place = 0] = those(isIn.few, isIn.small)
  const seq = Number([...seqs].find(([, at]) => at === place)?.[0].split(' ')[1])
  await edit(store, small, seq, 'otherwise')
  expect(await collect(one, 'few')).toEqual(those(isIn.few).filter((each) => each !== place))
  expect(await collect(one, 'otherwise')).toEqual([place])
  await recall(store, small, seq)
  expect(await collect(one, 'otherwise')).toEqual([])

  // [P72] Once, where walks go past what was taken back.
  for (const gone of [count - 1, count - 2_000]) {
    const key = [...seqs].find(([, at]) => at === gone)?.[0] ?? ''
    await recall(store, large, Number(key.split(' ')[1]))
    for (const limit of [1, 2, 200]) expect(await collect(one, '我all', { limit })).toEqual(those(isIn.far))
    expect(await collect(one, '我all', { conversation: large })).toEqual(those(isIn.far))
  }
  await store.close()
}, 60_000)
