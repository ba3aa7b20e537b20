/** Groups: who makes them of whom, what each member has of them, how they are run. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, until, type LogIn } from './harness.ts'

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

describe('making', () => {
  test('[P50] [P52] a group of oneself and contacts: each has it at once, with what it is', async () => {
    const conversation = await to.makeGroup(owner, [one, two], '书友会')
    const group = {
      conversation,
      name: '书友会',
      owner: numberOf(owner),
      members: 3,
      notice: '',
      history: 'since_joining',
      joining: 'closed',
      inviting: 'members',
      listed: false,
      silenced: false,
      dissolved: false,
      version: 1,
    } as const
    for (const who of [owner, one, two]) {
      expect(await groupOf(who, conversation)).toEqual(group)
      expect(await to.membershipOf(who, conversation)).toMatchObject({
        kind: 'group',
        role: who === owner ? 'owner' : 'member',
        writable: true,
        left: false,
      })
      expect((await to.page(who, conversation)).map(saying)).toEqual(['created'])
      expect(await to.headOf(who, conversation)).toMatchObject({ unread: 0, last_seq: 1 })
    }
    expect(await to.membersOf(one, conversation)).toEqual([
      [numberOf(owner), 'owner'],
      [numberOf(one), 'member'],
      [numberOf(two), 'member'],
    ])
  })

  test('[P52] only contacts are brought in, once each; nobody who blocked one; nobody at all is a group too', async () => {
    const alone = await to.get(owner, 'groups.create', { name: 'alone' })
    expect(await to.membersOf(owner, alone.conversation)).toEqual([[numberOf(owner), 'owner']])
    const twice = [numberOf(one), numberOf(one), numberOf(owner)]
    const { conversation } = await to.get(owner, 'groups.create', { name: 'twice', members: twice })
    expect(await to.membersOf(owner, conversation)).toHaveLength(2)
    const create = (...members: number[]) => to.tell(owner, 'groups.create', { name: 'x', members })
    expect(await create(numberOf(stranger))).toBe('not_found')
    expect(await create(numberOf(one), 99_999_999)).toBe('not_found')
    await to.get(two, 'contacts.block', { number: numberOf(owner), blocked: true })
    expect(await create(numberOf(two))).toBe('not_found')
    expect(await to.tell(owner, 'groups.invite', { conversation, numbers: [numberOf(two)] })).toBe('not_found')
    await to.get(two, 'contacts.block', { number: numberOf(owner), blocked: false })
    expect(await create(numberOf(two))).toBe('ok')
  })

  test('[P50] a name is text, whatever it looks like; an empty one is none', async () => {
    const name = `<img src=x onerror=alert(1)>'"`
    const conversation = await to.makeGroup(owner, [one], name)
    expect(await groupOf(one, conversation)).toMatchObject({ name })
    await to.get(owner, 'groups.configure', { conversation, notice: '</div><script>1</script>\nsecond line' })
    expect(await groupOf(one, conversation)).toMatchObject({ notice: '</div><script>1</script>\nsecond line' })
    for (const bad of ['', ' ', '\u200b', 'a\nb', 'a\u202eb', 'x'.repeat(LIMITS.groupNameLength + 1), '\ud800'])
      expect(await to.tell(owner, 'groups.configure', { conversation, name: bad })).toBe('bad_request')
    expect(await to.tell(owner, 'groups.configure', { conversation, notice: 'x'.repeat(1_001) })).toBe('bad_request')
  })
})

describe('running', () => {
  test('[P50] each change is told once, in the log, with the group as it is then; none is none', async () => {
    const conversation = await to.makeGroup(owner, [one])
    const configure = (given: object) => to.get(owner, 'groups.configure', { conversation, ...given })
    await configure({ name: 'renamed' })
    await configure({ notice: 'read me' })
    await configure({ silenced: true })
    await configure({ silenced: false })
    const group = await configure({ history: 'all', joining: 'open', inviting: 'admins', listed: true })
    expect(await configure({ history: 'all', name: 'renamed' })).toEqual(group)
    expect(await configure({})).toEqual(group)
    expect(await groupOf(one, conversation)).toEqual(group)
    expect(group).toMatchObject({ name: 'renamed', notice: 'read me', history: 'all', joining: 'open', version: 6 })
    const events = ['created', 'renamed', 'noticed', 'muted', 'unmuted', 'configured'] as const
    expect(await to.eventsOf(one, conversation)).toEqual(events.map((event) => [numberOf(owner), event]))
    expect(await to.headOf(one, conversation)).toMatchObject({ unread: 0 })
  })

  test('[P57] who is silenced, alone or all, cannot write, edit, react or type; admins can; it ends by itself', async () => {
    const conversation = await to.makeGroup(owner, [one, two])
    await to.get(owner, 'groups.setRole', { conversation, number: numberOf(two), role: 'admin' })
    const seq = await to.say(one, conversation, 'before')
    const tries = async (who: LogIn) => [
      (await to.send(who, conversation, 'x')).ok,
      await to.tell(who, 'messages.react', { conversation, seq, emoji: '👍', on: true }),
      await to.tell(who, 'conversations.typing', { conversation }),
    ]
    const silenced = [false, 'not_writable', 'not_writable']
    await to.get(owner, 'groups.configure', { conversation, silenced: true })
    expect(await tries(one)).toEqual(silenced)
    expect(await to.tell(one, 'messages.edit', { conversation, seq, text: 'x' })).toBe('not_writable')
    expect(await tries(two)).toEqual([true, 'ok', 'ok'])
    await to.get(owner, 'groups.configure', { conversation, silenced: false })
    const until1 = Date.now() + 300
    await to.get(two, 'groups.silence', { conversation, number: numberOf(one), until: until1 })
    expect(await tries(one)).toEqual(silenced)
    expect(await to.membershipOf(one, conversation)).toMatchObject({ silenced_until: until1 })
    expect(await to.tell(one, 'messages.recall', { conversation, seq })).toBe('ok')
    await until(async () => (await to.send(one, conversation, 'again')).ok)
    expect(Date.now()).toBeGreaterThanOrEqual(until1)
    await to.get(owner, 'groups.silence', { conversation, number: numberOf(two), until: Date.now() + 60_000 })
    expect((await to.send(two, conversation, 'x')).ok).toBe(false)
    await to.get(owner, 'groups.silence', { conversation, number: numberOf(two), until: 0 })
    expect((await to.send(two, conversation, 'x')).ok).toBe(true)
  })

  test('[P51] what one is called in the group is told to who asks, and found', async () => {
    const conversation = await to.makeGroup(owner, [one, two])
    await to.get(one, 'groups.setNickname', { conversation, nickname: '  Ünder 小乙 ' })
    const { members } = await to.get(two, 'groups.members', { conversation, query: 'ünder' })
    expect(members).toMatchObject([{ number: numberOf(one), nickname: 'Ünder 小乙', name: one.me.name }])
    expect(await to.membershipOf(one, conversation)).toMatchObject({ nickname: 'Ünder 小乙' })
    await to.get(one, 'groups.setNickname', { conversation, nickname: '' })
    expect((await to.get(two, 'groups.members', { conversation, query: '小乙' })).members).toEqual([])
    expect(await to.eventsOf(two, conversation)).toEqual([[numberOf(owner), 'created']])
  })

  test('[P51] members come in pages, by role and number', async () => {
    const conversation = await to.makeGroup(owner, [one, two])
    await to.get(owner, 'groups.setRole', { conversation, number: numberOf(two), role: 'admin' })
    const first = await to.get(one, 'groups.members', { conversation, limit: 2 })
    expect(first.members.map(({ number }) => number)).toEqual([numberOf(owner), numberOf(two)])
    const second = await to.get(one, 'groups.members', { conversation, limit: 2, after: [1, numberOf(two)] })
    expect(second.members.map(({ number }) => number)).toEqual([numberOf(one)])
  })

  test('[P24] who reads is known in a small group', async () => {
    const conversation = await to.makeGroup(owner, [one])
    const seq = await to.say(owner, conversation, 'read me')
    await to.get(one, 'conversations.read', { conversation, seq })
    expect((await to.get(owner, 'conversations.open', { conversation })).readers).toContainEqual({
      number: numberOf(one),
      read_seq: seq,
    })
    expect(await to.tell(stranger, 'conversations.open', { conversation })).toBe('not_member')
  })
})
