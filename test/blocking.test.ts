/** What one sets up about others: remarks, contact groups, whom one blocks; and what the others get of it: nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, until, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker

beforeAll(async () => {
  server = await startTestServer({ ROOKERY_CONTACTS: 'request' })
  to = speakTo(server.url)
})
afterAll(() => server.stop())

const makeTwo = async () => (await to.makePeople(2)) as [LogIn, LogIn]

async function contactOf(who: LogIn, other: LogIn) {
  return (await to.everything(who)).contacts.find(({ peer }) => peer === numberOf(other))
}

const block = (who: LogIn, other: LogIn, blocked = true) =>
  to.tell(who, 'contacts.block', { number: numberOf(other), blocked })
const ask = (who: LogIn, other: LogIn) => to.tell(who, 'contacts.request', { number: numberOf(other) })
const mayWrite = async (who: LogIn, conversation: number) => (await to.send(who, conversation, 'x')).ok

describe('arranging', () => {
  test('[P60] a remark, a group and being hidden are on all of one’s devices, and on nobody else’s', async () => {
    const [one, other] = await makeTwo()
    await to.befriend(one, other)
    await to.get(one, 'contacts.setGroups', { groups: [{ name: '同学' }] })
    const wires = [await openWire(server.url, one), await openWire(server.url, other)] as const
    const before = await contactOf(other, one)
    const arranged = { remark: '老王', group: '同学', hidden: true }
    await to.get(one, 'contacts.arrange', { number: numberOf(other), remark: ' 老王 ', group: '同学', hidden: true })
    expect(await contactOf(one, other)).toMatchObject({ ...arranged, name: other.me.name, state: 'friend' })
    await until(() => wires[0].pushes.some(({ push }) => push === 'mine'))
    expect(wires[0].pushes.filter(({ push }) => push === 'mine')).toMatchObject([{ contacts: [arranged] }])
    await wires[1].ask('sessions.current')
    expect(wires[1].pushes.filter(({ push }) => push === 'mine')).toEqual([])
    expect(await contactOf(other, one)).toEqual(before)
    await to.get(one, 'contacts.arrange', { number: numberOf(other), remark: '' })
    expect(await contactOf(one, other)).toMatchObject({ ...arranged, remark: '' })
    for (const wire of wires) wire.close()
  })

  test('[P60] only whom one knows, in a group that one has, under a name that can be shown', async () => {
    const [one, other] = await makeTwo()
    const arrange = (given: object) => to.tell(one, 'contacts.arrange', { number: numberOf(other), ...given })
    expect(await arrange({ remark: 'x' })).toBe('not_found')
    await to.befriend(one, other)
    expect(await arrange({ group: 'nowhere' })).toBe('not_found')
    for (const remark of ['a\nb', 'a\u202eb', 'x'.repeat(LIMITS.remarkLength + 1), '\ud800'])
      expect(await arrange({ remark })).toBe('bad_request')
    const name = '<img src=x onerror=alert(1)>'
    expect(await arrange({ remark: name })).toBe('ok')
    expect(await contactOf(one, other)).toMatchObject({ remark: name })
  })

  test('[P60] groups keep their order; renamed ones keep their people, those of a group that is gone are in the first', async () => {
    const [one, second] = await makeTwo()
    const [third] = (await to.makePeople(1)) as [LogIn]
    for (const other of [second, third]) await to.befriend(one, other)
    const setGroups = (...groups: { name: string; renamed?: string }[]) => to.get(one, 'contacts.setGroups', { groups })
    expect(await setGroups({ name: 'a' }, { name: 'b' })).toEqual({ groups: ['a', 'b'] })
    await to.get(one, 'contacts.arrange', { number: numberOf(second), group: 'a' })
    await to.get(one, 'contacts.arrange', { number: numberOf(third), group: 'b' })
    // Each takes the other's name, and the order turns round.
    await setGroups({ name: 'a', renamed: 'b' }, { name: 'b', renamed: 'a' })
    expect([(await contactOf(one, second))?.group, (await contactOf(one, third))?.group]).toEqual(['b', 'a'])
    await setGroups({ name: 'c' }, { name: 'b' })
    expect([(await contactOf(one, second))?.group, (await contactOf(one, third))?.group]).toEqual(['b', ''])
    expect((await to.everything(one)).settings).toMatchObject([{ contact_groups: ['c', 'b'] }])
    const many = Array.from({ length: LIMITS.contactGroups + 1 }, (_, index) => ({ name: `group ${index}` }))
    for (const groups of [[{ name: 'x' }, { name: 'x' }], [{ name: '' }], [{ name: ' ' }], many])
      expect(await to.tell(one, 'contacts.setGroups', { groups })).toBe('bad_request')
  })
})

describe('blocking', () => {
  test('[D10] [P61] who is blocked can neither write, change, type nor ask; what was said stays', async () => {
    const [one, other] = await makeTwo()
    const conversation = await to.befriend(one, other)
    const seq = await to.say(other, conversation, 'before')
    expect(await block(one, other)).toBe('ok')
    const refused = await Promise.all([
      to.send(other, conversation, 'after').then((sent) => (sent.ok ? 'ok' : sent.code)),
      to.tell(other, 'messages.edit', { conversation, seq, text: 'x' }),
      to.tell(other, 'messages.recall', { conversation, seq }),
      to.tell(other, 'messages.react', { conversation, seq, emoji: '👍', on: true }),
      to.tell(other, 'conversations.typing', { conversation }),
    ])
    expect(new Set(refused)).toEqual(new Set(['not_writable']))
    expect(await mayWrite(one, conversation)).toBe(false)
    for (const who of [one, other]) expect((await to.page(who, conversation)).map(saying)).toEqual(['before'])
    expect(await contactOf(one, other)).toMatchObject({ blocked: true, state: 'friend' })
    expect(await contactOf(other, one)).toMatchObject({ blocked: false, state: 'friend' })
    expect(await block(one, other, false)).toBe('ok')
    expect([await mayWrite(one, conversation), await mayWrite(other, conversation)]).toEqual([true, true])
  })

  test('[P61] where both block, both have to let go before they write again', async () => {
    const [one, other] = await makeTwo()
    const conversation = await to.befriend(one, other)
    await block(one, other)
    await block(other, one)
    await block(one, other, false)
    expect([await mayWrite(one, conversation), await mayWrite(other, conversation)]).toEqual([false, false])
    await block(other, one, false)
    expect([await mayWrite(one, conversation), await mayWrite(other, conversation)]).toEqual([true, true])
  })

  test('[P61] a stranger who is blocked can ask nothing, and learns nothing: the answer is that of nobody', async () => {
    const [one, other] = await makeTwo()
    const before = await to.everything(other)
    expect(await block(one, other)).toBe('ok')
    expect(await to.everything(other)).toEqual(before)
    expect(await ask(other, one)).toBe('not_found')
    expect((await to.everything(one)).contacts).toMatchObject([{ peer: numberOf(other), state: 'none', blocked: true }])
    await block(one, other, false)
    expect(await ask(other, one)).toBe('ok')
    expect(await contactOf(one, other)).toMatchObject({ state: 'incoming', blocked: false })
  })

  test('[P61] a request from before is answered as ever, but opens nothing to who is blocked', async () => {
    const [one, other] = await makeTwo()
    await ask(other, one)
    await block(one, other)
    expect(await to.tell(one, 'contacts.answer', { number: numberOf(other), accept: true })).toBe('ok')
    const { memberships } = await to.everything(other)
    expect(memberships.filter(({ writable }) => writable)).toEqual([])
    await block(one, other, false)
    const [row] = (await to.everything(other)).memberships
    expect(await mayWrite(other, row?.conversation ?? 0)).toBe(true)
  })

  test('[P61] letting go of somebody who is no contact opens nothing', async () => {
    const [one, other] = await makeTwo()
    const conversation = await to.befriend(one, other)
    await block(one, other)
    await to.get(other, 'contacts.remove', { number: numberOf(one) })
    await block(one, other, false)
    expect([await mayWrite(one, conversation), await mayWrite(other, conversation)]).toEqual([false, false])
    expect(await ask(other, one)).toBe('ok')
  })

  test('[P61] nobody blocks themselves, or nobody', async () => {
    const [one] = await makeTwo()
    expect(await block(one, one)).toBe('not_found')
    expect(await to.tell(one, 'contacts.block', { number: 99_999_999, blocked: true })).toBe('not_found')
  })

  test('[D10] [D11] whatever crosses, the right to write is there if both are friends and neither blocks', async () => {
    const [one, other] = await makeTwo()
    const conversation = await to.befriend(one, other)
    const rounds = [
      () => [block(one, other), block(other, one)],
      () => [block(one, other, false), block(other, one, false)],
      () => [block(one, other), block(other, one, false)],
      () => [block(one, other, false), block(other, one)],
      () => [block(one, other), to.tell(other, 'contacts.remove', { number: numberOf(one) })],
      () => [block(one, other, false), block(other, one, false), ask(one, other), ask(other, one)],
      () => [block(one, other), to.tell(other, 'contacts.answer', { number: numberOf(one), accept: true })],
      () => [block(one, other, false), ask(one, other), ask(other, one)],
    ]
    for (const begin of [...rounds, ...rounds, ...rounds]) {
      await Promise.all(begin())
      const [mine, theirs] = [await contactOf(one, other), await contactOf(other, one)]
      const isOpen = mine?.state === 'friend' && theirs?.state === 'friend' && !mine.blocked && !theirs.blocked
      for (const who of [one, other]) expect((await to.membershipOf(who, conversation))?.writable).toBe(isOpen)
    }
  })
})
