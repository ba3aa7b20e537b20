import { expect, test } from 'bun:test'
import type { GroupRow } from '@rookery/protocol'
import {
  changeGroup,
  comeIn,
  goOut,
  makeGroup,
  membershipChange,
  membershipOf,
  newEvent,
  readOne,
  sayTo,
} from './actions.ts'
import { at, makeAccount, makeHash, makePair, newMessage, useStore, valueOf, type OpenStore } from './people.ts'

const stale = { ok: true, value: 'stale' } as const

export function describeGroups(open: OpenStore): void {
  const store = useStore(open)

  const find = async (conversation: number): Promise<GroupRow> => {
    const group = await store().groups.find(conversation)
    if (!group) throw new Error('There is no such group.')
    return group
  }

  test('a new group has nobody in it, nothing said, and its first ways', async () => {
    const owner = await makeAccount(store())
    const group = { name: '书友会 🎉', folded_name: '书友会 🎉', owner }
    const { conversation } = valueOf(await store().groups.create(group))
    const row: GroupRow = {
      conversation,
      name: '书友会 🎉',
      notice: '',
      owner,
      members: 0,
      history: 'since_joining',
      joining: 'closed',
      inviting: 'members',
      listed: false,
      silenced: false,
      dissolved: false,
      version: 0,
    }
    expect(await find(conversation)).toEqual(row)
    expect(await store().conversations.membership(owner, conversation)).toBeNull()
    expect(await store().messages.page({ conversation, limit: 10 })).toEqual([])
    expect(await store().groups.find((await makePair(store())).conversation)).toBeNull()
  })

  test('a change writes the group, the rows and the message at once, and says all three', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    const before = await find(conversation)
    const event = newEvent(owner, { kind: 'event', event: 'renamed', text: '<b>new</b>' })
    const set = {
      name: '<b>new</b>',
      folded_name: '<b>new</b>',
      notice: 'line\nline',
      history: 'all',
      silenced: true,
    } as const
    const rows = [await membershipChange(store(), member, conversation, { role: 'admin' })]
    const changed = await changeGroup(store(), conversation, { set, rows, event })
    const { folded_name: _, ...shown } = set
    expect(changed.group).toEqual({ ...before, ...shown, version: before.version + 1 })
    expect(changed.group).toEqual(await find(conversation))
    expect(changed.message).toEqual(await readOne(store(), conversation, 1))
    expect(changed.message).toMatchObject({ seq: 1, rev: 1, sender: owner, body: event.body })
    const row = await membershipOf(store(), member, conversation)
    expect(row).toMatchObject({ role: 'admin' })
    expect(changed.rows).toEqual([{ owner: member, contacts: [], memberships: [row], requests: [], settings: [] }])
  })

  test('a change without a message is no news of the conversation', async () => {
    const { conversation, owner } = await makeGroup(store(), 1)
    await sayTo(store(), conversation, owner, 'hello')
    const before = await find(conversation)
    const changed = await changeGroup(store(), conversation, { set: { listed: true } })
    expect(changed).toMatchObject({ message: null, rows: [], group: { listed: true, version: before.version + 1 } })
    const next = valueOf(await store().messages.append(newMessage(conversation, owner, 'next')))
    expect([next.seq, next.rev]).toEqual([2, 2])
  })

  test('[D11] of changes that saw the same version one is made, and the others are stale', async () => {
    const { conversation } = await makeGroup(store(), 0)
    const { version } = await find(conversation)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store().groups.change({
          conversation,
          expect: version,
          set: { notice: `notice ${index}` },
          rows: [],
          event: null,
        }),
      ),
    )
    const made = answers.map(valueOf).filter((answer) => answer !== 'stale')
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ group: await find(conversation) })
  })

  test('nothing of a change is made where a row of it has moved, or the group', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    const before = await find(conversation)
    const good = await membershipChange(store(), member, conversation, { role: 'admin' })
    const event = newEvent(owner, { kind: 'event', event: 'promoted' })
    const whole = { conversation, expect: before.version, set: { notice: 'new' }, rows: [good], event }
    const moved = { ...good, expect: good.expect + 1 }
    expect(await store().groups.change({ ...whole, rows: [good, moved] })).toEqual(stale)
    expect(await store().groups.change({ ...whole, expect: before.version - 1 })).toEqual(stale)
    expect(await store().groups.change({ ...whole, conversation: conversation + 1_000_000 })).toEqual(stale)
    expect(await find(conversation)).toEqual(before)
    expect(await membershipOf(store(), member, conversation)).toMatchObject({ role: 'member', rev: good.expect })
    expect(await store().messages.page({ conversation, limit: 10 })).toEqual([])
    expect(valueOf(await store().groups.change(whole))).toMatchObject({ group: { notice: 'new' } })
  })

  test('the count of members follows who is in', async () => {
    const { conversation, members } = await makeGroup(store(), 4)
    expect((await find(conversation)).members).toBe(5)
    const [first = 0, second = 0] = members
    expect((await goOut(store(), conversation, first)).group.members).toBe(4)
    expect((await goOut(store(), conversation, second)).group.members).toBe(3)
    expect((await comeIn(store(), conversation, [first])).group.members).toBe(4)
    expect((await changeGroup(store(), conversation, { set: { notice: 'x' } })).group.members).toBe(4)
  })

  test('[D10] who may write is decided with the message: silenced, alone or all, an admin still may', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 2)
    const [member = 0, admin = 0] = members
    await changeGroup(store(), conversation, {
      rows: [await membershipChange(store(), admin, conversation, { role: 'admin' })],
    })
    const mayWrite = async (number: number, when = at) => {
      const appended = await store().messages.append({ ...newMessage(conversation, number, 'x'), at: when })
      return appended.ok || appended.code
    }
    const silence = async (number: number, silenced_until: number) =>
      changeGroup(store(), conversation, {
        rows: [await membershipChange(store(), number, conversation, { silenced_until })],
      })
    expect(await mayWrite(member)).toBe(true)
    await changeGroup(store(), conversation, { set: { silenced: true } })
    expect([await mayWrite(member), await mayWrite(admin), await mayWrite(owner)]).toEqual(['not_writable', true, true])
    await changeGroup(store(), conversation, { set: { silenced: false } })
    await silence(member, at + 1_000)
    await silence(admin, at + 1_000)
    expect([await mayWrite(member), await mayWrite(admin)]).toEqual(['not_writable', 'not_writable'])
    expect([await mayWrite(member, at + 999), await mayWrite(member, at + 1_000)]).toEqual(['not_writable', true])
    await silence(admin, 0)
    expect(await mayWrite(admin)).toBe(true)
  })

  test('an event is told whoever may write, also of one who goes out with it', async () => {
    const { conversation, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    await changeGroup(store(), conversation, { set: { silenced: true } })
    const rows = [await membershipChange(store(), member, conversation, { left: true, writable: false })]
    const event = newEvent(member, { kind: 'event', event: 'left' })
    const { message } = await changeGroup(store(), conversation, { rows, event })
    expect(message).toMatchObject({ sender: member, body: { event: 'left' } })
    expect(await store().messages.page({ conversation, limit: 10 })).toEqual(message ? [message] : [])
  })

  test('a message to a group is for whoever is in it: one row, however many they are', async () => {
    const { conversation, owner } = await makeGroup(store(), 1)
    const newcomers = await Promise.all(Array.from({ length: 200 }, () => makeAccount(store())))
    await comeIn(store(), conversation, newcomers)
    const { audience } = valueOf(await store().messages.append(newMessage(conversation, owner, 'hello')))
    expect(audience).toEqual({ kind: 'group', conversation })
    expect(await store().conversations.readers(conversation, 100)).toEqual([])
    expect(await store().conversations.readers(conversation, 202)).toHaveLength(202)
  })

  test('[D10] a large group is dissolved at once: nobody is in it any more', async () => {
    const { conversation, owner } = await makeGroup(store(), 0)
    const newcomers = await Promise.all(Array.from({ length: 2_000 }, () => makeAccount(store())))
    await comeIn(store(), conversation, newcomers)
    const set = { left: true, writable: false } as const
    const rows = await Promise.all(
      [owner, ...newcomers].map((number) => membershipChange(store(), number, conversation, set)),
    )
    const event = newEvent(owner, { kind: 'event', event: 'dissolved' })
    const changed = await changeGroup(store(), conversation, { set: { dissolved: true }, rows, event })
    expect(changed.group).toMatchObject({ dissolved: true, members: 0 })
    expect(changed.rows).toHaveLength(2_001)
    for (const number of [owner, newcomers[999] ?? 0]) {
      expect(await store().conversations.groupsOf([number])).toEqual([])
      const appended = await store().messages.append(newMessage(conversation, number, 'x'))
      expect(appended).toEqual({ ok: false, code: 'not_member' })
    }
  })

  test('a link leads to its group until it expires, another takes its place, or the group is dissolved', async () => {
    const { conversation } = await makeGroup(store(), 0)
    const [first, second] = [makeHash(), makeHash()]
    const link = (hash: Uint8Array) => store().groups.findLink(hash, at)
    expect(await link(first)).toBeNull()
    valueOf(await store().groups.setLink({ conversation, hash: first, expires_at: at + 10 }))
    expect(await link(first)).toBe(conversation)
    expect(await store().groups.findLink(first, at + 10)).toBeNull()
    valueOf(await store().groups.setLink({ conversation, hash: second, expires_at: at + 10 }))
    expect([await link(first), await link(second)]).toEqual([null, conversation])
    await changeGroup(store(), conversation, { set: { dissolved: true } })
    expect(await link(second)).toBeNull()
  })
}
