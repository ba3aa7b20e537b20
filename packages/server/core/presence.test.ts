import { expect, test } from 'bun:test'
import { createLocalRollCall } from '../bus/local.ts'
import type { BusEvent, RollCall, Topic } from './bus-ports.ts'
import { StoreUnavailable, type Clock, type Ports } from './ports.ts'
import { createPresence } from './presence.ts'

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
function makePresence(elsewhere = new Set<number>(), onTold?: (online: boolean) => void) {
  const { clock, pass } = makeClock()
  const told: boolean[] = []
  const bus = {
    publish(topics: readonly Topic[], event: BusEvent) {
      expect(topics).toEqual([`user.${friend}`])
      if (event.kind !== 'hint') throw new Error('Presence is a hint.')
      expect(event.about).toBe('presence')
      const { push, number, online } = JSON.parse(event.frame) as { push: string; number: number; online: boolean }
      expect([push, number]).toEqual(['presence', someone])
      told.push(online)
      onTold?.(online)
    },
  }
  const store = { contacts: { friends: async () => [friend] } }
  // Presence asks for nothing else; any other use would throw.
  const local = createLocalRollCall()
  const rollCall: RollCall = {
    ...local,
    async ask(asked) {
      const { people, sessions } = await local.ask(asked)
      return { people: [...people, ...asked.people.filter((number) => elsewhere.has(number))], sessions }
    },
  }
  const ports = { clock, bus, store, rollCall } as unknown as Pick<Ports, 'store' | 'bus' | 'rollCall' | 'clock'>
  const presence = createPresence(ports)
  return {
    presence,
    told,
    pass,
    isOnline: async () => (await presence.findOnline([someone])).has(someone),
    isConnected: async (session: string) => (await presence.findConnected([session])).has(session),
  }
}

test('friends are told once when the first device comes, and once when the last is gone for good', async () => {
  const { presence, told, pass, isOnline, isConnected } = makePresence()
  presence.arrive(phone)
  presence.arrive(laptop)
  presence.arrive(laptop)
  await settle()
  expect(told).toEqual([true])
  presence.leave(phone, 'cut')
  presence.leave(laptop, 'cut')
  await pass(10_000)
  expect(await isOnline()).toBe(true)
  presence.leave(laptop, 'cut')
  expect(await isConnected('laptop')).toBe(false)
  expect(await isOnline()).toBe(true)
  await pass(1_999)
  expect(told).toEqual([true])
  await pass(1)
  expect(told).toEqual([true, false])
  expect(await isOnline()).toBe(false)
})

test('a reload is no departure', async () => {
  const { presence, told, pass, isOnline } = makePresence()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'cut')
  await pass(1_000)
  presence.arrive(phone)
  await pass(10_000)
  expect(told).toEqual([true])
  expect(await isOnline()).toBe(true)
})

test('the pause begins anew with each departure', async () => {
  const { presence, told, pass } = makePresence()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'cut')
  await pass(1_500)
  presence.arrive(phone)
  presence.leave(phone, 'cut')
  await pass(1_500)
  expect(told).toEqual([true])
  await pass(500)
  expect(told).toEqual([true, false])
})

test('each session is connected for as long as one of its sockets is', async () => {
  const { presence, isConnected } = makePresence()
  presence.arrive(phone)
  presence.arrive(phone)
  expect(await isConnected('laptop')).toBe(false)
  presence.leave(phone, 'cut')
  expect(await isConnected('phone')).toBe(true)
  presence.leave(phone, 'cut')
  presence.leave(phone, 'cut')
  expect(await isConnected('phone')).toBe(false)
})

test('a closed one asks the store nothing more', async () => {
  const { presence, told, pass, isOnline } = makePresence()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'cut')
  presence.close()
  await pass(10_000)
  expect(told).toEqual([true])
  expect(await isOnline()).toBe(false)
})

test('nobody is told of somebody who came and went before the answer was there', async () => {
  const { presence, told, pass, isOnline } = makePresence()
  presence.leave(phone, 'cut')
  await pass(10_000)
  expect(told).toEqual([])
  expect(await isOnline()).toBe(false)
})

test('who is still there on another node has not left, and who comes there while it is told is told of again', async () => {
  const elsewhere = new Set([someone])
  const { presence, told, isOnline } = makePresence(elsewhere, (online) => {
    if (!online) elsewhere.add(someone)
  })
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'ended')
  await settle()
  expect(told).toEqual([true])
  expect(await isOnline()).toBe(true)
  elsewhere.clear()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'ended')
  await settle()
  expect(told).toEqual([true, true, false, true])
})

const isAway = () => Promise.reject(new StoreUnavailable(new Error('away')))

test('a store that is away for too long costs a hint, and nothing else', async () => {
  const ports = {
    clock: makeClock().clock,
    bus: {},
    store: { contacts: { friends: isAway } },
    rollCall: createLocalRollCall(),
  }
  const presence = createPresence(ports as unknown as Pick<Ports, 'store' | 'bus' | 'rollCall' | 'clock'>)
  presence.arrive(phone)
  await settle()
  expect(await presence.findOnline([someone])).toEqual(new Set([someone]))
  presence.leave(phone, 'ended')
  await settle()
  expect(await presence.findOnline([someone])).toEqual(new Set())
})
