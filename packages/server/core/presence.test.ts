import { expect, test } from 'bun:test'
import { createLocalRollCall } from '../bus/local.ts'
import type { Appearance, Status } from '@rookery/protocol'
import type { BusEvent, RollCall, Topic } from './bus-ports.ts'
import type { Clock, Ports } from './ports.ts'
import { createPresence, type Activity, type Arrival } from './presence.ts'

/** A clock that moves when told to. */
function makeClock() {
  let time = 0
  let sleepers: { until: number; wake: () => void }[] = []
  const clock: Clock = {
    now: () => time,
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ until: time + milliseconds, wake })),
  }
  return {
    clock,
    async pass(milliseconds: number): Promise<void> {
      time += milliseconds
      const due = sleepers.filter(({ until }) => until <= time)
      sleepers = sleepers.filter(({ until }) => until > time)
      for (const { wake } of due) wake()
      await settle()
    },
  }
}

/** Lets everything that waits for nothing but its turn run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const someone = 10_001
const friend = 10_002
const phone = { number: someone, session: 'phone' }
const laptop = { number: someone, session: 'laptop' }

/** @param elsewhere whom another node has. */
function makePresence(elsewhere = new Map<number, Activity>(), onTold?: (status: Appearance) => void) {
  const { clock, pass } = makeClock()
  const told: Appearance[] = []
  const noted: number[] = []
  const own: { status: Status; to: number[] } = { status: 'online', to: [friend] }
  const bus = {
    publish(topics: readonly Topic[], event: BusEvent) {
      expect(topics).toEqual([`user.${friend}`])
      if (event.kind !== 'hint') throw new Error('Presence is a hint.')
      expect(event.about).toBe('presence')
      const { push, number, status } = JSON.parse(event.frame) as { push: string; number: number; status: Appearance }
      expect([push, number]).toEqual(['presence', someone])
      told.push(status)
      onTold?.(status)
    },
  }
  // Presence asks for nothing else; any other use would throw.
  const store = {
    contacts: { shown: async () => ({ ...own }) },
    accounts: {
      async noteSeen({ numbers, at }: { numbers: readonly number[]; at: number }) {
        expect(numbers).toEqual([someone])
        noted.push(at)
      },
    },
  }
  const local = createLocalRollCall()
  const rollCall: RollCall = {
    ...local,
    async ask(asked) {
      const { people, active, sessions } = await local.ask(asked)
      const others = asked.people.filter((number) => elsewhere.has(number))
      return {
        people: [...people, ...others],
        active: [...active, ...others.filter((number) => elsewhere.get(number) === 'active')],
        sessions,
      }
    },
  }
  const ports = { clock, bus, store, rollCall } as unknown as Pick<Ports, 'store' | 'bus' | 'rollCall' | 'clock'>
  const presence = createPresence(ports)
  return {
    presence,
    told,
    noted,
    pass,
    async setStatus(status: Status) {
      const before = own.status
      own.status = status
      presence.tellStatus(someone, before)
      await settle()
    },
    hide() {
      own.to = []
    },
    isHere: async () => (await presence.find([someone])).has(someone),
    isConnected: async (session: string) => (await presence.findConnected([session])).has(session),
  }
}

test('friends are told once when the first device comes, and once when the last is gone for good', async () => {
  const { presence, told, noted, pass, isHere, isConnected } = makePresence()
  const [one, two, three] = [presence.arrive(phone), presence.arrive(laptop), presence.arrive(laptop)]
  await settle()
  expect(told).toEqual(['online'])
  one.leave('cut')
  two.leave('cut')
  await pass(10_000)
  expect(await isHere()).toBe(true)
  three.leave('cut')
  expect(await isConnected('laptop')).toBe(false)
  expect(await isHere()).toBe(true)
  await pass(1_999)
  expect([told, noted]).toEqual([['online'], []])
  await pass(1)
  expect([told, noted]).toEqual([['online', 'offline'], [12_000]])
  expect(await isHere()).toBe(false)
})

test('a reload is no departure', async () => {
  const { presence, told, pass, isHere } = makePresence()
  const arrival = presence.arrive(phone)
  await settle()
  arrival.leave('cut')
  await pass(1_000)
  presence.arrive(phone)
  await pass(10_000)
  expect(told).toEqual(['online'])
  expect(await isHere()).toBe(true)
})

test('the pause begins anew with each departure', async () => {
  const { presence, told, pass } = makePresence()
  const first = presence.arrive(phone)
  await settle()
  first.leave('cut')
  await pass(1_500)
  presence.arrive(phone).leave('cut')
  await pass(1_500)
  expect(told).toEqual(['online'])
  await pass(500)
  expect(told).toEqual(['online', 'offline'])
})

test('each session is connected for as long as one of its sockets is', async () => {
  const { presence, isConnected } = makePresence()
  const [one, other] = [presence.arrive(phone), presence.arrive(phone)]
  expect(await isConnected('laptop')).toBe(false)
  one.leave('cut')
  expect(await isConnected('phone')).toBe(true)
  other.leave('cut')
  other.leave('cut')
  expect(await isConnected('phone')).toBe(false)
})

test('a closed one notes who was here, and then asks the store nothing more', async () => {
  const { presence, told, noted, pass, isHere } = makePresence()
  const arrival = presence.arrive(phone)
  await settle()
  await pass(500)
  arrival.leave('cut')
  await presence.close()
  expect(noted).toEqual([500])
  await pass(10_000)
  expect([told, noted]).toEqual([['online'], [500]])
  expect(await isHere()).toBe(false)
})

test('who leaves twice has left once', async () => {
  const { presence, told, pass } = makePresence()
  const [one] = [presence.arrive(phone), presence.arrive(laptop)]
  await settle()
  one.leave('ended')
  one.leave('ended')
  await pass(10_000)
  expect(told).toEqual(['online'])
})

test('who is still there on another node has not left, and who comes there while it is told is told of again', async () => {
  const elsewhere = new Map<number, Activity>([[someone, 'active']])
  const { presence, told, isHere } = makePresence(elsewhere, (status) => {
    if (status === 'offline') elsewhere.set(someone, 'active')
  })
  const first = presence.arrive(phone)
  await settle()
  first.leave('ended')
  await settle()
  expect(told).toEqual(['online'])
  expect(await isHere()).toBe(true)
  elsewhere.clear()
  const second = presence.arrive(phone)
  await settle()
  second.leave('ended')
  await settle()
  expect(told).toEqual(['online', 'online', 'offline', 'online'])
})

test('[P91] somebody is away once all their devices rest, on all nodes, and back with the first that does not', async () => {
  const elsewhere = new Map<number, Activity>()
  const { presence, told } = makePresence(elsewhere)
  const [one, other] = [presence.arrive(phone), presence.arrive(laptop)]
  const rest = async (arrival: Arrival, resting: boolean) => {
    arrival.rest(resting)
    await settle()
  }
  await settle()
  await rest(one, true)
  expect(told).toEqual(['online'])
  elsewhere.set(someone, 'active')
  await rest(other, true)
  expect(told).toEqual(['online'])
  await rest(other, false)
  elsewhere.set(someone, 'resting')
  await rest(other, true)
  expect(told.at(-1)).toBe('away')
  await rest(one, false)
  expect(told.at(-1)).toBe('online')
  one.leave('ended')
  await settle()
  expect(told.at(-1)).toBe('away')
})

test('[P91] a device that was cut off and comes back rests as it did', async () => {
  const { presence, told, pass } = makePresence()
  const first = presence.arrive(phone)
  await settle()
  first.rest(true)
  await settle()
  first.leave('cut')
  await pass(500)
  const second = presence.arrive(phone)
  await settle()
  expect(told).toEqual(['online', 'away'])
  second.rest(false)
  await settle()
  expect(told).toEqual(['online', 'away', 'online'])
})

test('[P90] a status that was set is what others see, whether anybody is at the device or not', async () => {
  const { presence, told, setStatus } = makePresence()
  const device = presence.arrive(phone)
  await settle()
  await setStatus('busy')
  device.rest(true)
  await settle()
  expect(told).toEqual(['online', 'busy'])
  await setStatus('online')
  expect(told).toEqual(['online', 'busy', 'away'])
  await setStatus('away')
  device.rest(false)
  await settle()
  expect(told).toEqual(['online', 'busy', 'away'])
})

test('[P92] whoever turns invisible leaves; after that nothing is told or noted, whatever they do', async () => {
  const { presence, told, noted, pass, setStatus } = makePresence()
  const device = presence.arrive(phone)
  await settle()
  await setStatus('invisible')
  expect(told).toEqual(['online', 'offline'])
  const notedThen = noted.length
  device.rest(true)
  device.leave('cut')
  await pass(10_000)
  presence.arrive(phone)
  await settle()
  expect([told.length, noted.length]).toEqual([2, notedThen])
  await setStatus('busy')
  expect(told).toEqual(['online', 'offline', 'busy'])
})

test('[P92] a status set while nobody is connected is told to nobody', async () => {
  const { told, setStatus } = makePresence()
  for (const status of ['busy', 'invisible', 'online'] as const) await setStatus(status)
  expect(told).toEqual([])
})

test('[P92] somebody who turns invisible while their arrival is told ends as offline', async () => {
  const scene = makePresence(new Map(), (status) => {
    if (status === 'online') void scene.setStatus('invisible')
  })
  scene.presence.arrive(phone)
  await settle()
  await settle()
  expect([scene.told[0], ...new Set(scene.told.slice(1))]).toEqual(['online', 'offline'])
})

test('[P93] whoever they hid from while it was told hears that they left', async () => {
  const { presence, told, hide } = makePresence(new Map(), hideAtOnce)
  function hideAtOnce(status: Appearance): void {
    if (status === 'online') hide()
  }
  presence.arrive(phone)
  await settle()
  expect(told).toEqual(['online', 'offline'])
})
