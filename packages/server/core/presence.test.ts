import { expect, test } from 'bun:test'
import type { BusEvent, Clock, Ports, Topic } from './ports.ts'
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

function makePresence() {
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
    },
  }
  const store = { contacts: { friends: async () => [friend] } }
  // Presence asks for nothing else; any other use would throw.
  const presence = createPresence({ clock, bus, store } as unknown as Pick<Ports, 'store' | 'bus' | 'clock'>)
  return { presence, told, pass }
}

test('friends are told once when the first device comes, and once when the last is gone for good', async () => {
  const { presence, told, pass } = makePresence()
  presence.arrive(phone)
  presence.arrive(laptop)
  presence.arrive(laptop)
  await settle()
  expect(told).toEqual([true])
  presence.leave(phone, 'cut')
  presence.leave(laptop, 'cut')
  await pass(10_000)
  expect(presence.isOnline(someone)).toBe(true)
  presence.leave(laptop, 'cut')
  expect(presence.isConnected(someone, 'laptop')).toBe(false)
  expect(presence.isOnline(someone)).toBe(true)
  await pass(1_999)
  expect(told).toEqual([true])
  await pass(1)
  expect(told).toEqual([true, false])
  expect(presence.isOnline(someone)).toBe(false)
})

test('a reload is no departure', async () => {
  const { presence, told, pass } = makePresence()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'cut')
  await pass(1_000)
  presence.arrive(phone)
  await pass(10_000)
  expect(told).toEqual([true])
  expect(presence.isOnline(someone)).toBe(true)
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

test('each session is connected for as long as one of its sockets is', () => {
  const { presence } = makePresence()
  presence.arrive(phone)
  presence.arrive(phone)
  expect(presence.isConnected(someone, 'laptop')).toBe(false)
  presence.leave(phone, 'cut')
  expect(presence.isConnected(someone, 'phone')).toBe(true)
  presence.leave(phone, 'cut')
  presence.leave(phone, 'cut')
  expect(presence.isConnected(someone, 'phone')).toBe(false)
})

test('a closed one asks the store nothing more', async () => {
  const { presence, told, pass } = makePresence()
  presence.arrive(phone)
  await settle()
  presence.leave(phone, 'cut')
  presence.close()
  await pass(10_000)
  expect(told).toEqual([true])
  expect(presence.isOnline(someone)).toBe(false)
})

test('nobody is told of somebody who came and went before the answer was there', async () => {
  const { presence, told, pass } = makePresence()
  presence.leave(phone, 'cut')
  await pass(10_000)
  expect(told).toEqual([])
  expect(presence.isOnline(someone)).toBe(false)
})
