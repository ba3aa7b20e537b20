/** The search on SQLite goes through the spans of its index as through one. */
import { expect, test } from 'bun:test'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readQuery } from '../../core/tokens.ts'
import { edit, recall, sayTo } from '../contract/actions.ts'
import { makePair } from '../contract/people.ts'
import { openForWriting } from './database.ts'
import { searchIndex, spanMark, startOf } from './search-index.ts'
import { openSqliteStore } from './store.ts'

/** As if so many messages had been there before; this one is nobody's. */
function goOnAfter(folder: string, doc: number): void {
  const db = openForWriting(join(folder, 'rookery.db'))
  searchIndex(db).add({ doc, conversation: 0, seq: 1, sender: 0, at: 0 }, { words: 'needle', kind: 'text' })
  db.close()
}

test('the newest come first over all spans, in pages of any size; what changed there is found as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rookery-store-'))
  const open = () => openSqliteStore(folder, (reason) => expect(reason).toBe(''))
  let store = await open()
  const { one, conversation } = await makePair(store)
  const spans = [0, 1, 2, 37, 1_297]
  for (const [index, span] of spans.entries()) {
    if (span > 0) {
      await store.close()
      goOnAfter(folder, startOf(span) - 2)
      store = await open()
    }
    for (let count = 0; count < 3; count += 1)
      await sayTo(store, conversation, one, `needle 吃饭 span${index} ${count}`)
  }
  const nothing = { sender: null, kind: null, from: null, until: null }
  const collect = async (query: string, limit: number, where: number | null) => {
    const seqs: number[] = []
    for (let after: string | null = null; ;) {
      const request = { number: one, phrases: readQuery(query), conversation: where, ...nothing, after, limit }
      const { messages, next } = await store.search.find(request)
      seqs.push(...messages.map(({ seq }) => seq))
      if (next === null) return seqs
      after = next
    }
  }
  const all = Array.from({ length: spans.length * 3 }, (_, index) => index + 1).toReversed()
  for (const limit of [1, 2, 5, 100])
    for (const where of [null, conversation])
      for (const query of ['needle', 'nee', '饭', '吃饭', 'need 饭'])
        expect(await collect(query, limit, where)).toEqual(all)
  expect(await collect('span2', 100, null)).toEqual([9, 8, 7])
  // A span's mark is no part of what can be asked for.
  for (const query of ['饭吃', '11', `${spanMark(105)}needle`, `${spanMark(1)}11`])
    expect(await collect(query, 100, null)).toEqual([])
  await edit(store, conversation, 2, 'other')
  await recall(store, conversation, 14)
  expect(await collect('needle', 4, null)).toEqual(all.filter((seq) => seq !== 2 && seq !== 14))
  expect(await collect('other', 4, null)).toEqual([2])
  await store.close()
})

test('spans begin with one character each, all different', () => {
  const marks = Array.from({ length: 70_000 }, (_, span) => spanMark(span))
  expect(new Set(marks).size).toBe(marks.length)
  expect(marks.every((mark) => Array.from(mark).length === 1 && mark.isWellFormed())).toBe(true)
})
