import { expect, test } from 'bun:test'
import { ok, type MemberRow, type Person } from '@rookery/protocol'
import { applySync } from './comparison.ts'
import { nothingHeld } from './held.ts'
import { nameOf } from './names.ts'
import { createPeople } from './people.ts'
import { chat, makeAnswer, makeContact, makeInGroup, me } from './sample.ts'
import { makeDevice, settle, type Handlers } from './simulated-device.ts'

const person = (number: number): Person => ({ number, name: `person ${number}`, signature: 's', avatar: '' })

const member = (number: number): MemberRow => ({
  number,
  name: `person ${number}`,
  avatar: 'a',
  nickname: number % 2 === 0 ? `nick ${number}` : '',
  role: 'member',
  silenced_until: 0,
})

const server: Handlers = {
  'people.get': ({ numbers }) => ok({ people: numbers.filter((number) => number < 20_000).map(person) }),
  'groups.people': ({ numbers }) => ok({ members: numbers.filter((number) => number < 20_000).map(member) }),
}

function openPeople(groups = [chat]) {
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  const memberships = groups.map((conversation, index) => makeInGroup(index + 1, { conversation, nickname: 'me here' }))
  const contacts = [makeContact(50, { peer: 10_002 }), makeContact(51, { peer: 10_004, remark: 'my friend' })]
  const device = makeDevice(applySync(start, makeAnswer({ memberships, contacts })).state)
  device.serve(server)
  const people = createPeople(device)
  const answered = async (count: number) => {
    while (device.asked.length < count) await Bun.sleep(1)
    await settle()
  }
  return { device, people, answered }
}

test('[Y32] in a group a name is the one there, else the remark, the contact’s name, the person’s, the number', async () => {
  const { device, people, answered } = openPeople()
  people.know([10_002, 10_003, 10_004, 10_005, 20_001], chat)
  people.know([10_007])
  expect(nameOf(device.state(), 10_003, chat)).toBe('10003')
  await answered(2)
  const names = (conversation?: number) =>
    [10_002, 10_003, 10_004, 10_005, 10_007, 20_001].map((number) => nameOf(device.state(), number, conversation))
  expect(names(chat)).toEqual(['nick 10002', 'person 10003', 'nick 10004', 'person 10005', 'person 10007', '20001'])
  expect(names()).toEqual(['two', 'person 10003', 'my friend', 'person 10005', 'person 10007', '20001'])
  expect(names(99)).toEqual(names())
  expect([nameOf(device.state(), me.number), nameOf(device.state(), me.number, chat)]).toEqual(['one', 'me here'])
})

test('[Y32] who is known, or was asked about, is not asked about again, however often they are drawn', async () => {
  const { device, people, answered } = openPeople()
  for (let draw = 0; draw < 3; draw += 1) people.know([me.number, 10_002, 10_003, 20_001])
  await answered(1)
  people.know([10_003, 20_001])
  people.know([10_003], 99)
  people.know([10_003, 20_001], chat)
  await answered(2)
  people.know([10_003, 20_001, 10_009], chat)
  await answered(3)
  expect(device.asked).toEqual([
    { name: 'people.get', input: { numbers: [10_003, 20_001] } },
    { name: 'groups.people', input: { conversation: chat, numbers: [10_003, 20_001] } },
    { name: 'groups.people', input: { conversation: chat, numbers: [10_009] } },
  ])
  expect(device.state().people.get(10_003)).toEqual({ ...person(10_003), avatar: 'a' })
})

test('what got no answer is asked again with the next connection', async () => {
  const { device, people, answered } = openPeople()
  device.serve({})
  people.know([10_003])
  await answered(1)
  device.serve(server)
  people.refresh()
  await answered(2)
  expect(nameOf(device.state(), 10_003)).toBe('person 10003')
})

test('many are asked about in portions; of many groups only the last ones are held, and asked again when drawn', async () => {
  const groups = Array.from({ length: 20 }, (_, index) => index + 100)
  const { device, people, answered } = openPeople(groups)
  people.know(Array.from({ length: 250 }, (_, index) => index + 11_000))
  await answered(3)
  for (const [index, group] of groups.entries()) {
    people.know([10_006], group)
    await answered(4 + index)
  }
  expect([...device.state().groupPeople.keys()]).toEqual(groups.slice(-16))
  people.know([10_006], 100)
  people.know([10_006], 119)
  await answered(24)
  expect(device.asked.at(-1)?.input).toEqual({ conversation: 100, numbers: [10_006] })
  expect(nameOf(device.state(), 10_006, 100)).toBe('nick 10006')
})
