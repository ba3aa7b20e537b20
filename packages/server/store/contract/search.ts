import { expect, test } from 'bun:test'
import { LIMITS, type Body } from '@rookery/protocol'
import * as fc from 'fast-check'
import type { SearchRequest } from '../../core/search-ports.ts'
import { readQuery, tokenize } from '../../core/tokens.ts'
import { changeMessage, edit, recall, sayTo } from './actions.ts'
import { makePair, newMessage, useStore, valueOf, type OpenStore } from './people.ts'

function merge(...texts: readonly string[]): Body {
  const items = texts.map((text) => ({ number: 10_001, name: 'nameless', at: 1, text }))
  return { kind: 'merged', title: '', items }
}

export function describeSearch(open: OpenStore): void {
  const store = useStore(open)

  const nothing = { conversation: null, sender: null, kind: null, from: null, until: null, after: null, limit: 100 }

  /** Places in one conversation, the newest first. */
  async function find(number: number, query: string, given: Partial<SearchRequest> = {}): Promise<number[]> {
    const { messages } = await store().search.find({ number, phrases: readQuery(query), ...nothing, ...given })
    return messages.map(({ seq }) => seq)
  }

  /** A conversation in which these were said, and how to look for something there. */
  async function making(...said: readonly (string | Body)[]) {
    const { one, other, conversation } = await makePair(store())
    for (const each of said) await sayTo(store(), conversation, one, each)
    return { one, other, conversation, find: (query: string) => find(other, query, { conversation }) }
  }

  test('Chinese is found exactly, from one character, within other scripts too', async () => {
    const { find: look } = await making('今天天气很好', '气天', 'Bun很快', '𠮷野家', '全角ＡＢＣ')
    expect(await look('天')).toEqual([2, 1])
    expect(await look('天气')).toEqual([1])
    expect(await look('气天')).toEqual([2])
    expect(await look('天天气')).toEqual([1])
    expect(await look('天好')).toEqual([])
    expect(await look('bun很')).toEqual([3])
    expect(await look('快 bun')).toEqual([3])
    expect(await look('𠮷')).toEqual([4])
    expect(await look('abc')).toEqual([5])
    expect(await look('角abc')).toEqual([5])
  })

  test('words are found whole or by their beginning, in any case, never by their middle', async () => {
    const { find: look } = await making('Rookery is ready', 'a rook', 'the brook, READY-made', 'ÜBER cafe\u0301')
    expect(await look('rook')).toEqual([2, 1])
    expect(await look('ROOKERY')).toEqual([1])
    expect(await look('ook')).toEqual([])
    expect(await look('is rea')).toEqual([1])
    expect(await look('ready-m')).toEqual([3])
    expect(await look('ready,made')).toEqual([3])
    expect(await look('über')).toEqual([4])
    expect(await look('café')).toEqual([4])
    expect(await look('cafe')).toEqual([])
  })

  test('[P70] letters are told apart from what stands before them; forms and marks that nobody types do not matter', async () => {
    const { find: look } = await making(
      'サーバーAPIの話',
      'ΟΔΟΣΑ',
      '葛\u{e0100}城市',
      '好\ufe0f的',
      'ˇapi',
      '⌚\ufe0fapi',
    )
    expect(await look('API')).toEqual([6, 5, 1])
    expect(await look('バー')).toEqual([1])
    expect(await look('ΟΔΟΣ')).toEqual([2])
    expect(await look('οδος')).toEqual([2])
    expect(await look('葛城')).toEqual([3])
    expect(await look('葛\u{e0101}城市')).toEqual([3])
    expect(await look('好的')).toEqual([4])
    expect(await look('⌚')).toEqual([6])
    expect(await look('ˇ')).toEqual([])
  })

  test('all words are to be there, in any order; what stands together is to be together', async () => {
    const { find: look } = await making('one two three', 'three one', 'two-one')
    expect(await look('one three')).toEqual([2, 1])
    expect(await look('three,one')).toEqual([2])
    expect(await look('two one')).toEqual([3, 1])
    expect(await look('two-one')).toEqual([3])
    expect(await look('one four')).toEqual([])
  })

  test('[P70] a sentence that was pasted whole finds its message, however many parts it has', async () => {
    const words = 'so it is as if we all go on by me up in at an inn tomorrow'
    const { find: look } = await making(
      words,
      '今天我们去学校吃饭，然后一起回家再说明天的事情。',
      'so it is as if tomorrow',
    )
    expect(await look(words)).toEqual([1])
    expect(await look('今天我们去学校吃饭，然后一起回家再说明天的事情。')).toEqual([2])
    expect(await look('so so SO s tomorrow tom')).toEqual([3, 1])
  })

  test('numbers, emoji and joined emoji are found; punctuation alone finds nothing', async () => {
    const { find: look } = await making('call 13800138000', 'party 🎉', '👍🏽 👨‍👩‍👧', '... !!!', '🫠 v1.2.3')
    expect(await look('1380')).toEqual([1])
    expect(await look('🎉')).toEqual([2])
    expect(await look('👍')).toEqual([3])
    expect(await look('👨‍👩‍👧')).toEqual([3])
    expect(await look('🫠')).toEqual([5])
    expect(await look('2.3')).toEqual([5])
    for (const query of ['...', '!', '"', '*', ' ', '\n']) expect(await look(query)).toEqual([])
  })

  test('the syntax of any index is text like any other', async () => {
    const syntax = [
      'a OR b',
      'a AND NOT b',
      'NEAR(a b)',
      'tokens : a',
      '"a b"',
      'a*',
      '^a',
      'c1 s1 ktext',
      `'; DROP`,
      'a & !b | <->',
    ]
    const { one, conversation, find: look } = await making(...syntax)
    for (const [index, query] of syntax.entries()) expect(await look(query)).toContain(index + 1)
    expect(await look('or')).toEqual([1])
    expect(await look('ktext')).toEqual([8])
    expect(await look(`c${conversation}`)).toEqual([])
    expect(await look(`s${one}`)).toEqual([])
    expect(await look('a AND b')).toEqual([2])
    for (const query of ['"', '""', '(', ')', 'a"', '-a', 'a:', '{a b}', '+', 'a\u0000b', '\ud800']) await look(query)
  })

  test('[D9] an edited message is found by what it says now, one that was taken back by nothing', async () => {
    const { one, conversation, find: look } = await making('old words', 'other words', 'more words')
    await edit(store(), conversation, 1, 'fresh words')
    await changeMessage(store(), conversation, 2, { reactions: [{ emoji: '👍', numbers: [one] }] })
    expect([await look('old'), await look('fresh'), await look('words')]).toEqual([[], [1], [3, 2, 1]])
    await recall(store(), conversation, 2)
    await recall(store(), conversation, 1)
    expect([await look('fresh'), await look('other'), await look('words')]).toEqual([[], [], [3]])
    expect(await find(one, 'words')).toEqual([3])
  })

  test('a text that has no words at first is found once it has', async () => {
    const { conversation, find: look } = await making('...', 'later', { kind: 'shake' })
    await edit(store(), conversation, 1, 'words')
    expect(await look('words')).toEqual([1])
  })

  test('merged forwards are found by what they hold; shakes and events never', async () => {
    const items = [
      { number: 10_001, name: 'nameless', at: 1, text: '晚上吃饭' },
      { number: 10_001, name: 'nameless', at: 2, text: 'see you there' },
    ]
    const { find: look } = await making(
      { kind: 'merged', title: 'title', items },
      { kind: 'shake' },
      { kind: 'event', event: 'renamed', text: '吃饭 there' },
    )
    expect([await look('吃饭'), await look('there'), await look('nameless')]).toEqual([[1], [1], []])
  })

  test('[P73] nothing is found across two messages of a merged forward, nor past its first 16,000 units of words', async () => {
    const { find: look } = await making(merge('今天', '气死了 one', 'two'), merge('字'.repeat(8_000), '尾巴'))
    for (const query of ['天气', 'one-two', '天¶气', '¶', '尾', '尾巴']) expect(await look(query)).toEqual([])
    for (const query of ['天', '气死', '死了one', 'tw', '今天 two']) expect(await look(query)).toEqual([1])
    expect(await look('字字')).toEqual([2])
  })

  test('a retry is found once', async () => {
    const { one, conversation, find: look } = await making()
    const message = newMessage(conversation, one, 'only once')
    await Promise.all(Array.from({ length: 5 }, () => store().messages.append(message)))
    expect(await look('once')).toEqual([1])
  })

  test('[D1] what was acknowledged is found at once, and after a restart', async () => {
    const opened = await open()
    const { one, conversation } = await makePair(opened.store)
    valueOf(await opened.store.messages.append(newMessage(conversation, one, 'before')))
    const request = { number: one, ...nothing }
    const again = await opened.reopen()
    expect((await again.search.find({ ...request, phrases: readQuery('before') })).messages).toHaveLength(1)
    for (let count = 1; count <= 20; count += 1) {
      valueOf(await again.messages.append(newMessage(conversation, one, `after ${count}`)))
      expect((await again.search.find({ ...request, phrases: readQuery('after') })).messages).toHaveLength(count)
    }
    await again.close()
  })

  test('long texts are found by what stands at their end', async () => {
    const { find: look } = await making(`${'字'.repeat(LIMITS.textLength - 3)}尾巴`, `${'word '.repeat(1_590)}end`)
    expect([await look('尾巴'), await look('word end'), await look('word,end')]).toEqual([[1], [2], [2]])
  })

  test('whatever was said, each run of it is found, and what is found holds it', async () => {
    const word = fc.constantFrom('今', '天', '今天', 'rook', 'rookery', 'ok', '🎉', '7', '-', ', ', '。')
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' ').trim() || 'x')
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), text, async (said, query) => {
        const { find: look } = await making(...said)
        const wanted = readQuery(query)
        const holds = (each: string) =>
          wanted.length > 0 &&
          wanted.every(({ tokens, isPrefix }) => {
            const all = tokenize(each)
            return all.some((_, start) =>
              tokens.every((token, index) => {
                const there = all[start + index] ?? ''
                return isPrefix && index === tokens.length - 1 ? there.startsWith(token) : there === token
              }),
            )
          })
        const expected = said.flatMap((each, index) => (holds(each) ? [index + 1] : [])).toReversed()
        expect(await look(query)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
}
