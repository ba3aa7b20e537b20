import { expect, test } from 'bun:test'
import { initialState } from '../../../client/state.ts'
import type { ClientState } from '@rookery/client'
import type { Body } from '@rookery/protocol'
import { groupEvent } from '@rookery/protocol/schemas'
import { loadTexts } from '../i18n/messages.ts'
import { lineText, peopleIn, previewText } from './line-text.ts'
import { group, me, peer } from './sample.ts'

const person = (number: number, name: string) => [number, { number, name, signature: '', avatar: '' }] as const
const state: ClientState = {
  ...initialState,
  me: { number: me, name: 'me', role: 'member' },
  people: new Map([person(peer, 'two')]),
}
const say = (sender: number, body: Body) => lineText(state, { conversation: 1, sender, body })

test('every event is told in both languages, of oneself and of others', async () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    await loadTexts(locale)
    for (const event of groupEvent.options)
      for (const sender of [me, peer]) {
        const text = say(sender, { kind: 'event', event, people: [{ number: 10_003, name: 'three' }], text: 'words' })
        expect(text).toBe(text.trim())
        expect(text).not.toMatch(/[{}]|undefined/)
        expect(text.length).toBeGreaterThan(5)
      }
  }
})

test('people are called as they are now, where that is not known as they were then', async () => {
  await loadTexts('en')
  const people = [
    { number: peer, name: 'before' },
    { number: 10_003, name: 'three' },
    { number: me, name: 'me' },
  ]
  expect(say(me, { kind: 'event', event: 'invited', people })).toBe('You invited two, three, and you to the group')
})

test('[D9] of what was taken back only that it was is told', async () => {
  await loadTexts('zh-CN')
  expect(say(me, { kind: 'recalled', by: me })).toBe('你撤回了一条消息')
  expect(say(peer, { kind: 'recalled', by: peer })).toBe('two 撤回了一条消息')
  expect(say(peer, { kind: 'recalled', by: me })).toBe('你撤回了 two 的一条消息')
})

const preview = (sender: number) =>
  previewText(state, group(), { conversation: 1, sender, body: { kind: 'text', text: 'words' } })

test('in a group a preview begins with who said it, unless it was oneself', async () => {
  await loadTexts('en')
  expect(preview(peer)).toBe('two: words')
  expect(preview(me)).toBe('words')
})

test('everybody of whom a line speaks is to be known', () => {
  const people = [{ number: 10_003, name: 'three' }]
  expect(peopleIn({ sender: peer, body: { kind: 'event', event: 'removed', people } })).toEqual([peer, 10_003])
  expect(peopleIn({ sender: peer, body: { kind: 'recalled', by: me } })).toEqual([peer, me])
})
