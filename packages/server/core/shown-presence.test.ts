/** What two people are told of each other, when it changes whether they may see each other. */
import { expect, test } from 'bun:test'
import type { Appearance } from '@rookery/protocol'
import type { BusEvent, Topic } from './bus-ports.ts'
import type { Context } from './context.ts'
import type { Activity } from './presence.ts'
import { showAnew, showEachOther } from './shown-presence.ts'

const [one, other] = [10_001, 10_002]

/** @param find who is there, asked of all nodes. */
function makeContext(
  find: (number: number) => Promise<Activity | undefined>,
  settings = async () => ({ status: 'online' }),
) {
  const told: [to: Topic | undefined, number: number, status: Appearance][] = []
  const context = {
    presence: {
      async find([number = 0]: number[]) {
        const activity = await find(number)
        return new Map(activity ? [[number, activity]] : [])
      },
    },
    store: { contacts: { settings, seenBy: async (_: number, [number]: number[]) => [{ number, status: 'online' }] } },
    bus: {
      publish([topic]: readonly Topic[], event: BusEvent) {
        if (event.kind !== 'hint') throw new Error('Presence is a hint.')
        const { number, status } = JSON.parse(event.frame) as { number: number; status: Appearance }
        told.push([topic, number, status])
      },
    },
  }
  return { context: context as unknown as Context, told }
}

test('who comes while the nodes are asked is not told of as gone', async () => {
  const there = new Set<number>()
  const asked: (() => void)[] = []
  const { context, told } = makeContext(async (number) => {
    const activity = there.has(number) ? 'active' : undefined
    await new Promise<void>((resolve) => asked.push(resolve))
    return activity
  })
  showEachOther(context, one, other)
  // Neither was there when they were asked for; now one of them comes.
  there.add(one)
  for (let turn = 0; turn < 10; turn += 1) {
    for (const resolve of asked.splice(0)) resolve()
    await Bun.sleep(0)
  }
  expect(asked).toEqual([])
  expect(told.findLast(([to]) => to === `user.${other}`)).toEqual([`user.${other}`, one, 'online'])
  expect(told.filter(([to]) => to === `user.${one}`)).toEqual([[`user.${one}`, other, 'offline']])
})

test('of whoever is not there nothing is told, and a store that is away throws at nobody', async () => {
  const { context, told } = makeContext(async () => undefined)
  showAnew(context, one, other)
  const away = makeContext(
    async () => 'active',
    () => Promise.reject(new Error('away')),
  )
  showAnew(away.context, one, other)
  await Bun.sleep(1)
  expect([...told, ...away.told]).toEqual([])
})
