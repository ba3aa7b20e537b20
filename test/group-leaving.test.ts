/** Coming into groups and going out of them: what is whose, from when, and until when. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { connectDevice, startTestServer, until, waitFor, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker
let owner: LogIn
let one: LogIn
let two: LogIn
let stranger: LogIn

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[owner, one, two, stranger] = (await to.makePeople(4)) as [LogIn, LogIn, LogIn, LogIn]
})
afterAll(() => server.stop())

const groupOf = async (who: LogIn, conversation: number) => (await to.headOf(who, conversation))?.group

describe('newcomers', () => {
  test('[D8] [P58] where history begins with joining, nothing from before is theirs, by any way', async () => {
    const conversation = await to.makeGroup(owner, [one])
    const before = await to.say(owner, conversation, 'secret before')
    await to.ask(owner, 'contacts.request', { number: numberOf(two) })
    await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(two)] })
    const after = await to.say(owner, conversation, { kind: 'text', text: 'after', reply_to: before })
    const everything = await Promise.all([
      to.get(two, 'sync', { rev: 0, heads: [[conversation, 0]] }),
      to.page(two, conversation),
      to.get(two, 'messages.page', { conversation, after: 0 }),
      to.get(two, 'messages.page', { conversation, before: before + 1 }),
      to.get(two, 'messages.get', { conversation, seqs: [before, after] }),
      to.get(two, 'messages.find', { query: 'secret' }),
      to.get(two, 'messages.find', { query: 'after' }),
    ])
    expect(JSON.stringify(everything)).not.toContain('secret before')
    expect((await to.page(two, conversation)).map(saying)).toEqual(['invited', 'after'])
    expect(await to.headOf(two, conversation)).toMatchObject({ unread: 1 })
    for (const act of [
      to.ask(two, 'messages.react', { conversation, seq: before, emoji: '👍', on: true }),
      to.ask(two, 'messages.edit', { conversation, seq: before, text: 'x' }),
      to.ask(two, 'messages.recall', { conversation, seq: before }),
      to.send(two, conversation, { kind: 'forward', from: conversation, seqs: [before] }),
    ])
      expect(await act).toEqual({ ok: false, code: 'not_found' })
    expect(await to.get(two, 'messages.locate', { conversation, at: 0 })).toEqual({ seq: after - 1 })
  })

  test('[D8] [P38] what is done to it later is not told them either, only that something was', async () => {
    const conversation = await to.makeGroup(owner, [one])
    const before = await to.say(owner, conversation, 'secret before')
    const [newcomer, member] = [await openWire(server.url, two), await openWire(server.url, one)]
    await to.ask(owner, 'contacts.request', { number: numberOf(two) })
    await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(two)] })
    await to.get(owner, 'messages.edit', { conversation, seq: before, text: 'secret edited' })
    const { rev } = await to.get(one, 'messages.react', { conversation, seq: before, emoji: '👍', on: true })
    const after = await to.say(owner, conversation, 'after')
    for (const { pushes } of [newcomer, member])
      await until(() => pushes.some((push) => push.push === 'message' && push.row.seq === after))
    expect(JSON.stringify(member.pushes)).toContain('secret edited')
    expect(JSON.stringify(newcomer.pushes)).not.toContain('secret')
    expect(newcomer.pushes.filter(({ push }) => push === 'hidden')).toEqual([
      { push: 'hidden', conversation, rev: rev - 1 },
      { push: 'hidden', conversation, rev },
    ])
    for (const wire of [newcomer, member]) wire.close()
  })

  test('[D8] [Y33] a device of theirs is in step by that, and holds nothing of it', async () => {
    const conversation = await to.makeGroup(owner, [one])
    const before = await to.say(owner, conversation, 'secret before')
    const client = await connectDevice(server.url, two.token)
    await to.ask(owner, 'contacts.request', { number: numberOf(two) })
    await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(two)] })
    await waitFor(client, ({ conversations }) => (conversations.get(conversation)?.messages.length ?? 0) > 0)
    const { rev } = await to.get(owner, 'messages.edit', { conversation, seq: before, text: 'secret edited' })
    await waitFor(client, ({ conversations }) => conversations.get(conversation)?.rev === rev)
    await to.say(owner, conversation, 'after')
    await waitFor(client, ({ conversations }) => conversations.get(conversation)?.rev === rev + 1)
    expect(client.state().conversations.get(conversation)?.messages.map(saying)).toEqual(['invited', 'after'])
    client.close()
  })

  test('[P58] where history is for all, they have all of it, as read', async () => {
    const conversation = await to.makeGroup(owner, [one])
    await to.say(owner, conversation, 'before')
    await to.get(owner, 'groups.configure', { conversation, history: 'all' })
    await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(two)] })
    expect((await to.page(two, conversation)).map(saying)).toEqual(['created', 'before', 'configured', 'invited'])
    expect(await to.headOf(two, conversation)).toMatchObject({ unread: 0 })
    expect((await to.get(two, 'messages.find', { query: 'before', conversation })).found).toHaveLength(1)
  })
})

describe('going', () => {
  test('[D8] [D10] [P55] who left or was removed has nothing of it any more, and cannot come back by writing', async () => {
    for (const how of ['leave', 'remove'] as const) {
      const conversation = await to.makeGroup(owner, [one, two])
      const seq = await to.say(one, conversation, 'while in')
      const id = crypto.randomUUID()
      const sent = await to.send(one, conversation, 'retried', id)
      await to.get(one, 'conversations.arrange', { conversation, pinned: true, draft: 'half' })
      if (how === 'leave') await to.get(one, 'groups.leave', { conversation })
      else await to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(one)] })
      await to.say(owner, conversation, 'while out')
      expect(await to.membershipOf(one, conversation)).toMatchObject({ left: true, pinned_at: 0, draft: '' })
      expect(await to.headOf(one, conversation)).toBeUndefined()
      const number = numberOf(two)
      const refused = await Promise.all([
        to.tell(one, 'messages.page', { conversation }),
        to.tell(one, 'messages.get', { conversation, seqs: [seq] }),
        to.tell(one, 'messages.find', { conversation, query: 'while' }),
        to.tell(one, 'messages.edit', { conversation, seq, text: 'x' }),
        to.tell(one, 'messages.recall', { conversation, seq }),
        to.tell(one, 'messages.react', { conversation, seq, emoji: '👍', on: true }),
        to.tell(one, 'messages.locate', { conversation, at: 0 }),
        to.tell(one, 'conversations.open', { conversation }),
        to.tell(one, 'conversations.read', { conversation, seq }),
        to.tell(one, 'conversations.typing', { conversation }),
        to.tell(one, 'conversations.arrange', { conversation, muted: true }),
        to.tell(one, 'groups.members', { conversation }),
        to.tell(one, 'groups.people', { conversation, numbers: [number] }),
        to.tell(one, 'groups.setNickname', { conversation, nickname: 'x' }),
        to.tell(one, 'groups.leave', { conversation }),
        to.tell(one, 'groups.invite', { conversation, numbers: [number] }),
      ])
      expect(new Set(refused)).toEqual(new Set(['not_member']))
      expect(await to.send(one, conversation, 'x')).toEqual({ ok: false, code: 'not_member' })
      expect(await to.send(one, conversation, 'retried', id)).toEqual(sent)
      expect((await to.get(one, 'messages.find', { query: 'while' })).found).toEqual([])
      expect(await to.get(one, 'hints.watch', { conversations: [conversation] })).toMatchObject({ conversations: [] })
      expect(await groupOf(two, conversation)).toMatchObject({ members: 2 })
      expect((await to.eventsOf(two, conversation)).at(-1)?.[1]).toBe(how === 'leave' ? 'left' : 'removed')
      expect(await to.get(two, 'groups.people', { conversation, numbers: [numberOf(one)] })).toMatchObject({
        members: [{ number: numberOf(one), role: 'member' }],
      })
    }
  })

  test('[P55] the owner stays, or hands over, or ends it', async () => {
    const conversation = await to.makeGroup(owner, [one])
    expect(await to.tell(owner, 'groups.leave', { conversation })).toBe('owner_cannot_leave')
    await to.get(owner, 'groups.handOver', { conversation, number: numberOf(one) })
    expect(await to.membersOf(owner, conversation)).toEqual([
      [numberOf(one), 'owner'],
      [numberOf(owner), 'admin'],
    ])
    expect(await groupOf(owner, conversation)).toMatchObject({ owner: numberOf(one) })
    expect(await to.tell(owner, 'groups.leave', { conversation })).toBe('ok')
  })

  test('[P55] what was silenced stays silenced when one comes again; role and nickname are gone', async () => {
    const conversation = await to.makeGroup(owner, [one])
    await to.get(one, 'groups.setNickname', { conversation, nickname: 'nick' })
    await to.get(owner, 'groups.setRole', { conversation, number: numberOf(one), role: 'admin' })
    const silencedUntil = Date.now() + 60_000
    await to.get(owner, 'groups.silence', { conversation, number: numberOf(one), until: silencedUntil })
    await to.get(one, 'groups.leave', { conversation })
    await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(one)] })
    expect(await to.membershipOf(one, conversation)).toMatchObject({
      role: 'member',
      nickname: '',
      left: false,
      silenced_until: silencedUntil,
    })
  })

  test('[P59] a dissolved group is over for everybody, found by nobody, and joined by nobody', async () => {
    const conversation = await to.makeGroup(owner, [one, two], 'soon gone')
    await to.get(owner, 'groups.configure', { conversation, listed: true, joining: 'open' })
    const { ticket } = await to.get(owner, 'groups.makeLink', { conversation })
    expect((await to.get(stranger, 'groups.find', { query: 'soon gone' })).groups).toHaveLength(1)
    await to.get(owner, 'groups.dissolve', { conversation })
    for (const who of [owner, one, two]) {
      expect(await to.membershipOf(who, conversation)).toMatchObject({ left: true })
      expect(await to.send(who, conversation, 'x')).toEqual({ ok: false, code: 'not_member' })
      expect(await to.tell(who, 'messages.page', { conversation })).toBe('not_member')
    }
    expect((await to.get(stranger, 'groups.find', { query: 'soon gone' })).groups).toEqual([])
    expect(await to.tell(stranger, 'groups.join', { conversation })).toBe('not_found')
    expect(await to.tell(stranger, 'groups.readLink', { ticket })).toBe('ticket_invalid')
    expect(await to.tell(stranger, 'groups.joinByLink', { ticket })).toBe('ticket_invalid')
    expect(await to.tell(owner, 'groups.dissolve', { conversation })).toBe('not_member')
  })
})
