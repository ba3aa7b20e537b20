import { expect, test } from 'bun:test'
import type { GroupRole, MemberRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { changeGroup, comeIn, goOut, makeGroup, membershipChange } from './actions.ts'
import { at, makeAccount, makePair, useStore, valueOf, type OpenStore } from './people.ts'

const rankOf: Record<GroupRole, number> = { owner: 0, admin: 1, member: 2 }

export function describeGroupPeople(open: OpenStore): void {
  const store = useStore(open)

  async function setMember(conversation: number, number: number, set: Parameters<typeof membershipChange>[3]) {
    await changeGroup(store(), conversation, { rows: [await membershipChange(store(), number, conversation, set)] })
  }

  const list = (
    conversation: number,
    given: { after?: readonly [number, number]; query?: string; limit?: number } = {},
  ) =>
    store().groups.members({
      conversation,
      after: given.after ?? null,
      query: given.query ?? null,
      limit: given.limit ?? 1_000,
    })

  test('members come by role and number, as the group knows them', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 3)
    const [first = 0, admin = 0, left = 0] = members
    await setMember(conversation, admin, { role: 'admin', silenced_until: at })
    await setMember(conversation, first, { nickname: '小乙', folded_nickname: '小乙' })
    await goOut(store(), conversation, left)
    const people = new Map((await store().accounts.people([owner, first, admin])).map((one) => [one.number, one.name]))
    const row = (number: number, given: Partial<MemberRow>): MemberRow => {
      const unset = { avatar: '', nickname: '', role: 'member', silenced_until: 0 } as const
      return { number, name: people.get(number) ?? '', ...unset, ...given }
    }
    expect(await list(conversation)).toEqual([
      row(owner, { role: 'owner' }),
      row(admin, { role: 'admin', silenced_until: at }),
      row(first, { nickname: '小乙' }),
    ])
  })

  test('[Y10] pages of any size add up to all members, in order', async () => {
    const { conversation, members } = await makeGroup(store(), 12)
    for (const number of members.slice(3, 7)) await setMember(conversation, number, { role: 'admin' })
    const whole = await list(conversation)
    expect(whole).toHaveLength(13)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 15 }), async (limit) => {
        const collected: MemberRow[] = []
        for (;;) {
          const last = collected.at(-1)
          const page = await list(conversation, {
            limit,
            ...(last && { after: [rankOf[last.role], last.number] as const }),
          })
          collected.push(...page)
          if (page.length < limit) break
        }
        expect(collected).toEqual(whole)
      }),
      { numRuns: 15 },
    )
  })

  test('members are found by a part of their name, or of what they are called in the group', async () => {
    const { conversation, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    const named = await makeAccount(store(), { name: 'Ünder_score', folded_name: 'ünder_score' })
    await comeIn(store(), conversation, [named])
    await setMember(conversation, member, { nickname: 'ÜBER 小乙', folded_nickname: 'über 小乙' })
    const numbers = async (query: string) => (await list(conversation, { query })).map(({ number }) => number)
    expect(await numbers('ü')).toEqual([member, named].toSorted((a, b) => a - b))
    expect(await numbers('über')).toEqual([member])
    expect(await numbers('乙')).toEqual([member])
    expect(await numbers('_')).toEqual([named])
    expect(await numbers('%')).toEqual([])
    await setMember(conversation, member, { muted: true })
    expect(await numbers('乙')).toEqual([member])
    await setMember(conversation, member, { nickname: '', folded_nickname: '' })
    expect(await numbers('乙')).toEqual([])
    await goOut(store(), conversation, named)
    expect(await numbers('ü')).toEqual([])
  })

  test('[D8] people are told of who are or were members, and of nobody else', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 2)
    const [member = 0, left = 0] = members
    for (const number of members) await setMember(conversation, number, { nickname: 'nick', folded_nickname: 'nick' })
    await setMember(conversation, left, { role: 'admin' })
    await goOut(store(), conversation, left)
    const stranger = await makeAccount(store())
    const found = await store().groups.people(conversation, [left, stranger, member, owner])
    expect(found.map(({ number, role, nickname }) => [number, role, nickname])).toEqual([
      [left, 'member', ''],
      [member, 'member', 'nick'],
      [owner, 'owner', ''],
    ])
  })

  test('owner and admins are those who run it; how many and which groups somebody is in', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 3)
    const [one = 0, two = 0] = members
    for (const number of [two, one]) await setMember(conversation, number, { role: 'admin' })
    expect(await store().groups.admins(conversation)).toEqual([owner, one, two])
    await goOut(store(), conversation, one)
    expect(await store().groups.admins(conversation)).toEqual([owner, two])

    const groupsOf = async (number: number) =>
      (await store().conversations.groupsOf([number])).map(({ conversation: group }) => group)
    const { one: paired } = await makePair(store())
    expect([await store().groups.count(paired), await groupsOf(paired)]).toEqual([0, []])
    const other = await makeGroup(store(), 0)
    await comeIn(store(), other.conversation, [two])
    expect(await store().groups.count(two)).toBe(2)
    expect(new Set(await groupsOf(two))).toEqual(new Set([conversation, other.conversation]))
    expect([await store().groups.count(one), await groupsOf(one)]).toEqual([0, []])
    const asked = await store().conversations.groupsOf([paired, owner, one, two])
    expect(asked.filter(({ number }) => number === owner)).toEqual([{ number: owner, conversation, from_seq: 0 }])
    expect(asked).toHaveLength(3)
  })

  test('only groups that are listed are found, by number or a part of the name, as strangers see them', async () => {
    const { conversation } = await makeGroup(store(), 1, `羽毛球 50% of _ o'clock`)
    const query = (text: string) => store().groups.search(text, 10)
    expect(await query('羽')).toEqual([])
    expect(await query(String(conversation))).toEqual([])
    await changeGroup(store(), conversation, { set: { listed: true, joining: 'open' } })
    const row = { conversation, name: `羽毛球 50% of _ o'clock`, members: 2, joining: 'open' } as const
    for (const text of ['羽', '毛球', '50%', `_ o'`, String(conversation)]) expect(await query(text)).toEqual([row])
    expect(await query('羽球')).toEqual([])
    const second = await makeGroup(store(), 0, '羽毛球 2')
    await changeGroup(store(), second.conversation, { set: { listed: true } })
    expect((await query('羽毛球')).map((group) => group.conversation)).toEqual([conversation, second.conversation])
    expect(await store().groups.search('羽毛球', 1)).toHaveLength(1)
    await changeGroup(store(), conversation, { set: { name: '篮球', folded_name: '篮球' } })
    expect((await query('羽毛球')).map((group) => group.conversation)).toEqual([second.conversation])
    await changeGroup(store(), conversation, { set: { dissolved: true } })
    expect(await query('篮球')).toEqual([])
  })

  test('who waits is told in the order of asking, with all rows about them', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 1)
    const [admin = 0] = members
    const [first, second] = [await makeAccount(store()), await makeAccount(store())]
    const ask = async (number: number, when: number, greeting: string) => {
      const set = { state: 'waiting', greeting, at: when } as const
      const rows = [number, owner, admin].map(
        (one) => ({ row: 'request', owner: one, conversation, number, set, expect: 0 }) as const,
      )
      valueOf(await store().contacts.change(rows))
    }
    await ask(second, at + 1, 'second')
    await ask(first, at, 'first')
    expect(await store().groups.waiting(conversation)).toEqual([
      { number: first, greeting: 'first', at },
      { number: second, greeting: 'second', at: at + 1 },
    ])
    const rows = await store().groups.requestRows(conversation, second)
    expect(new Set(rows.map((row) => row.owner))).toEqual(new Set([second, owner, admin]))
    for (const { owner: one, ...row } of rows)
      expect(row).toEqual((await store().groups.request(one, conversation, second)) ?? row)
    expect(rows).toHaveLength(3)
    const answered = rows.map(({ owner: one, rev }) => ({ one, rev }))
    const set = { state: 'accepted' } as const
    valueOf(
      await store().contacts.change(
        answered.map(({ one, rev }) => ({
          row: 'request',
          owner: one,
          conversation,
          number: second,
          set,
          expect: rev,
        })),
      ),
    )
    expect((await store().groups.waiting(conversation)).map(({ number }) => number)).toEqual([first])
    expect(await store().groups.requestRows(conversation, owner)).toEqual([])
    expect(await store().groups.waiting((await makeGroup(store(), 0)).conversation)).toEqual([])
  })
}
