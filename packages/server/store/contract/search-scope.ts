import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import type { SearchRequest } from '../../core/search-ports.ts'
import { readQuery } from '../../core/tokens.ts'
import { comeIn, edit, goOut, makeGroup, recall, sayTo } from './actions.ts'
import { at, makeAccount, makeConversation, makePair, newMessage, useStore, valueOf, type OpenStore } from './people.ts'

const places = (rows: readonly MessageRow[]) => rows.map(({ conversation, seq }) => [conversation, seq])

export function describeSearchScope(open: OpenStore): void {
  const store = useStore(open)

  const nothing = { conversation: null, sender: null, kind: null, from: null, until: null, after: null, limit: 100 }

  const ask = (number: number, query: string, given: Partial<SearchRequest> = {}) =>
    store().search.find({ number, phrases: readQuery(query), ...nothing, ...given })

  /** All pages until the last. */
  async function collect(number: number, query: string, given: Partial<SearchRequest> = {}): Promise<MessageRow[]> {
    const found: MessageRow[] = []
    for (let after: string | null = null, pages = 0; ; pages += 1) {
      const { messages, next } = await ask(number, query, { ...given, after })
      expect(messages.length).toBeLessThanOrEqual(given.limit ?? nothing.limit)
      found.push(...messages)
      if (next === null) return found
      if (pages > 1_000) throw new Error('Pages without end.')
      after = next
    }
  }

  test('the newest come first over all conversations, in the order of sending, in pages of any size', async () => {
    const owner = await makeAccount(store())
    const peers = [await makeAccount(store()), await makeAccount(store()), await makeAccount(store())]
    const chats: number[] = []
    for (const peer of peers) chats.push(await makeConversation(store(), owner, peer))
    const sent: number[][] = []
    for (let index = 0; index < 17; index += 1) {
      const chat = chats[(index * index) % 3] ?? 0
      sent.push([chat, await sayTo(store(), chat, owner, index % 4 === 0 ? 'other' : 'needle')])
    }
    // An edit is no new sending.
    await edit(store(), sent[2]?.[0] ?? 0, sent[2]?.[1] ?? 0, 'needle again')
    const expected = sent.filter((_, index) => index % 4 !== 0).toReversed()
    for (const limit of [1, 2, 5, 100]) expect(places(await collect(owner, 'needle', { limit }))).toEqual(expected)
    const [chat = 0] = chats
    expect(places(await collect(owner, 'needle', { conversation: chat, limit: 2 }))).toEqual(
      expected.filter(([conversation]) => conversation === chat),
    )
  })

  test('messages come as they are, with the rows’ own revs', async () => {
    const { one, conversation } = await makePair(store())
    await sayTo(store(), conversation, one, 'needle')
    const row = await edit(store(), conversation, 1, 'edited needle')
    expect((await ask(one, 'needle')).messages).toEqual([row])
  })

  test('by sender, by kind and by time, together too', async () => {
    const { one, other, conversation } = await makePair(store())
    const say = async (number: number, text: string, when: number) =>
      valueOf(await store().messages.append({ ...newMessage(conversation, number, text), at: when }))
    await say(one, 'needle one', at)
    await say(other, 'needle https://example.com', at + 10)
    await say(other, 'needle two', at + 20)
    const items = [{ number: one, name: 'x', at, text: 'needle' }]
    await sayTo(store(), conversation, one, { kind: 'merged', title: '', items })
    const seqs = async (given: Partial<SearchRequest>) => (await collect(one, 'needle', given)).map(({ seq }) => seq)
    expect(await seqs({})).toEqual([4, 3, 2, 1])
    expect(await seqs({ sender: other })).toEqual([3, 2])
    expect(await seqs({ sender: other + 1_000_000 })).toEqual([])
    expect(await seqs({ kind: 'link' })).toEqual([2])
    expect(await seqs({ kind: 'text' })).toEqual([3, 1])
    expect(await seqs({ kind: 'merged' })).toEqual([4])
    expect(await seqs({ from: at + 10 })).toEqual([3, 2])
    expect(await seqs({ until: at + 10 })).toEqual([4, 2, 1])
    expect(await seqs({ from: at + 10, until: at + 10 })).toEqual([2])
    expect(await seqs({ from: at + 20, until: at + 10 })).toEqual([])
    expect(await seqs({ sender: other, kind: 'text', from: at + 1, conversation })).toEqual([3])
  })

  test('an edit that brings a link in changes the kind', async () => {
    const { one, conversation } = await makePair(store())
    await sayTo(store(), conversation, one, 'needle')
    await edit(store(), conversation, 1, 'needle http://example.com')
    expect((await ask(one, 'needle', { kind: 'text' })).messages).toEqual([])
    expect((await ask(one, 'needle', { kind: 'link' })).messages).toHaveLength(1)
  })

  test('[D8] nobody finds what is not theirs: strangers, newcomers, those who left', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 2)
    const [member = 0, left = 0] = members
    await sayTo(store(), conversation, owner, 'needle before')
    await goOut(store(), conversation, left)
    const [newcomer, trusted, stranger] = await Promise.all([0, 1, 2].map(() => makeAccount(store())))
    await comeIn(store(), conversation, [newcomer ?? 0])
    await comeIn(store(), conversation, [trusted ?? 0], { joins: 'with_history' })
    await sayTo(store(), conversation, owner, 'needle after')
    const find = async (number = 0) => {
      const [all, there] = [await collect(number, 'needle'), await collect(number, 'needle', { conversation })]
      expect(all).toEqual(there)
      return all.map(({ seq }) => seq)
    }
    expect(await find(member)).toEqual([2, 1])
    expect(await find(newcomer)).toEqual([2])
    expect(await find(trusted)).toEqual([2, 1])
    expect(await find(left)).toEqual([])
    expect(await find(stranger)).toEqual([])
    await edit(store(), conversation, 1, 'needle before, edited')
    expect(await find(newcomer)).toEqual([2])
    await comeIn(store(), conversation, [left])
    expect(await find(left)).toEqual([])
  })

  test('who is in very many conversations finds all that is theirs, and nothing else', async () => {
    const owner = await makeAccount(store())
    const peer = await makeAccount(store())
    const others = await makePair(store())
    const expected: number[] = []
    for (let count = 0; count < 300; count += 1) {
      const { conversation } = valueOf(await store().groups.create({ name: 'g', folded_name: 'g', owner }))
      await comeIn(store(), conversation, [owner, peer])
      if (count % 50 !== 0) continue
      await sayTo(store(), conversation, peer, 'needle of many')
      await sayTo(store(), others.conversation, others.one, 'needle of many')
      expected.unshift(conversation)
    }
    const found = await collect(owner, 'needle of many', { limit: 4 })
    expect(found.map(({ conversation }) => conversation)).toEqual(expected)
    expect(await collect(others.one, 'needle of many')).toHaveLength(6)
    const [last = 0] = expected
    expect(await collect(owner, 'needle of many', { conversation: last })).toHaveLength(1)
  }, 30_000)

  test('[P72] each message comes once, whatever was taken back before and after it', async () => {
    const { one, conversation } = await makePair(store())
    const { append } = store().messages
    const texts = Array.from({ length: 1_500 }, (_, index) => (index === 499 ? 'needle 499' : `word ${index}`))
    await Promise.all(texts.map((text) => append(newMessage(conversation, one, text))))
    const seqs = async (where: number | null) =>
      (await collect(one, 'needle', { conversation: where })).map(({ seq }) => seq)
    expect([await seqs(null), await seqs(conversation)]).toEqual([[500], [500]])
    for (const seq of [1_499, 1_000, 501, 499]) {
      await recall(store(), conversation, seq)
      expect([await seqs(null), await seqs(conversation)]).toEqual([[500], [500]])
    }
  })

  test('who finds nothing is told so at once', async () => {
    const { one } = await makePair(store())
    expect(await ask(one, 'nowhere')).toEqual({ messages: [], next: null })
    expect(await ask(one, '')).toEqual({ messages: [], next: null })
    expect(await ask(await makeAccount(store()), 'needle')).toEqual({ messages: [], next: null })
  })
}
