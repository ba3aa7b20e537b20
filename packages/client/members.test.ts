import { expect, test } from 'bun:test'
import { LIMITS, ok, type GroupRole, type MemberRow } from '@rookery/protocol'
import { applyGroup } from './apply.ts'
import { applySync } from './comparison.ts'
import { nothingHeld } from './held.ts'
import { createMembers } from './members.ts'
import { chat, makeAnswer, makeChanged, makeGroup, makeInGroup, me } from './sample.ts'
import { makeDevice, settle, type Handlers } from './simulated-device.ts'

const ranks: readonly GroupRole[] = ['owner', 'admin', 'member']

/** A group of so many: an owner, ten admins, and members. */
const groupOf = (count: number, name = 'person') =>
  Array.from({ length: count }, (_, index): MemberRow => {
    const role = ranks[index === 0 ? 0 : index <= 10 ? 1 : 2] ?? 'member'
    return { number: 20_000 + index, name: `${name} ${index}`, avatar: '', nickname: '', role, silenced_until: 0 }
  })

const isAfter = (row: MemberRow, [rank, number]: readonly [number, number]) =>
  ranks.indexOf(row.role) > rank || (ranks.indexOf(row.role) === rank && row.number > number)

function openMembers(count: number) {
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  const answer = makeAnswer({
    memberships: [makeInGroup(1)],
    conversations: [makeChanged([], 0, { group: makeGroup(1) })],
  })
  const device = makeDevice(applySync(start, answer).state)
  let all = groupOf(count)
  const server: Handlers = {
    'groups.members': ({ after }) =>
      ok({ members: all.filter((row) => !after || isAfter(row, after)).slice(0, LIMITS.memberPage) }),
  }
  device.serve(server)
  return {
    device,
    members: createMembers(device),
    held: () => device.state().groupPeople.get(chat),
    change(next: MemberRow[], version: number) {
      all = next
      device.set(applyGroup(device.state(), makeGroup(version)))
    },
    serve: () => device.serve(server),
  }
}

test('[Y32] the list is loaded page by page, in order, and names are known by it', async () => {
  const { device, members, held } = openMembers(1_200)
  expect(await members.load(chat)).toBe(true)
  expect([held()?.list?.length, held()?.more]).toEqual([500, true])
  expect(await members.load(chat)).toBe(true)
  expect(await members.load(chat)).toBe(false)
  expect(held()?.list).toEqual(groupOf(1_200))
  expect(await members.load(chat)).toBe(false)
  expect(device.asked.map(({ input }) => (input as { after?: unknown }).after)).toEqual([
    undefined,
    [2, 20_499],
    [2, 20_999],
  ])
  expect(held()?.people.get(20_700)?.name).toBe('person 700')
})

test('[Y32] a list that is looked at is loaded anew when the group changes, as far as it was loaded', async () => {
  const { device, members, held, change } = openMembers(1_200)
  await members.load(chat)
  await members.refresh()
  expect(device.asked).toHaveLength(1)
  change(groupOf(1_300, 'renamed'), 2)
  await members.refresh()
  expect(held()?.list).toEqual(groupOf(1_300, 'renamed').slice(0, 500))
  expect([device.asked.length, held()?.more]).toEqual([2, true])
  await members.load(chat)
  change(groupOf(700), 3)
  await members.refresh()
  expect([held()?.list?.length, held()?.more]).toEqual([700, false])
  members.leave(chat)
  expect(held()).toMatchObject({ list: null, more: false })
  const { length } = device.asked
  change(groupOf(3), 4)
  await members.refresh()
  expect(device.asked).toHaveLength(length)
})

test('changes while it is loaded anew are loaded too, and without a connection it waits', async () => {
  const { device, members, held, change, serve } = openMembers(20)
  await members.load(chat)
  change(groupOf(21), 2)
  const refreshing = members.refresh()
  change(groupOf(22), 3)
  await refreshing
  await members.refresh()
  expect(held()?.list).toHaveLength(22)
  device.serve({})
  change(groupOf(23), 4)
  await members.refresh()
  await settle()
  expect(held()?.list).toHaveLength(22)
  serve()
  await members.refresh()
  expect(held()?.list).toHaveLength(23)
})

test('what is no longer looked at when its page comes is not shown', async () => {
  const { members, held } = openMembers(1_200)
  await members.load(chat)
  const loading = members.load(chat)
  members.leave(chat)
  expect(await loading).toBe(false)
  expect(held()?.list).toBeNull()
  expect(await members.load(99)).toBe(false)
})
