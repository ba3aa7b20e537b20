import { afterEach, expect, test } from 'bun:test'
import { closeCodes } from '@rookery/protocol'
import { measure, until } from '../../../test/harness.ts'
import { createLocalBus } from '../bus/local.ts'
import { createLog } from '../log.ts'
import type { Hub, Socket } from './hub.ts'
import { mendLosses } from './lost-events.ts'

let stop = () => {}
afterEach(() => stop())

interface Listed {
  readonly session: string
  readonly got: (string | number)[]
}

const isEnded = (socket?: Listed) => socket?.got.includes(closeCodes.sessionRevoked)

/** A bus that tells of gaps when told to, and so many sockets. */
function makeScene(
  count: number,
  findLive: (sessions: readonly string[]) => Promise<string[]> = async (all) => [...all],
) {
  const state = { isWhole: true }
  const gapListeners: (() => void)[] = []
  const listed = Array.from({ length: count }, (_, index): Listed => ({ session: `session ${index}`, got: [] }))
  const sockets = listed.map(({ session, got }): [Socket, string] => [
    { id: null, send: (frame) => got.push(frame), hint() {}, end: (code) => got.push(code) },
    session,
  ])
  const hub: Hub = {
    attach: () => ({ rest() {}, detach() {}, listening: Promise.resolve() }),
    people: 0,
    checkGroups: () => Promise.resolve(),
    list: () => sockets.filter((_, index) => !isEnded(listed[index])),
  }
  const bus = {
    ...createLocalBus(),
    onGap: (listener: () => void) => void gapListeners.push(listener),
    isWhole: () => state.isWhole,
  }
  stop = mendLosses({ bus, hub, core: { findLive }, log: createLog('silent') })
  return { listed, state, gap: () => gapListeners.forEach((listener) => listener()) }
}

const compare = '{"push":"compare"}'

test('[P37] after a gap every socket is told to compare, once for gaps at about the same time', async () => {
  const { listed, gap } = makeScene(10)
  for (let count = 0; count < 5; count += 1) gap()
  await until(() => listed.every(({ got }) => got.length > 0))
  for (const { got } of listed) expect(got).toEqual([compare])
  gap()
  await until(() => listed.every(({ got }) => got.length > 1))
})

test('[P37] many sockets are told one after the other, and whoever waits longest comes first', async () => {
  const { listed, gap } = makeScene(200)
  const told = () => listed.filter(({ got }) => got.length > 0).length
  gap()
  await until(() => told() > 0)
  expect(told()).toBe(50)
  gap()
  await until(() => listed.some(({ got }) => got.length > 1))
  expect(told()).toBe(200)
})

test('[D10] what a bus that is cut does not say, the store does: within about a second, and again after a gap', async () => {
  const dead = new Set<string>()
  const { listed, state, gap } = makeScene(3, async (all) => all.filter((session) => !dead.has(session)))
  dead.add('session 1')
  state.isWhole = false
  expect(await measure(() => listed[1]?.got.length === 1)).toBeLessThan(2_000)
  state.isWhole = true
  dead.add('session 2')
  gap()
  await until(() => listed[2]?.got[0] === closeCodes.sessionRevoked)
  expect(listed.map(({ got }) => got.filter((each) => each !== compare))).toMatchObject([
    [],
    [closeCodes.sessionRevoked],
    [closeCodes.sessionRevoked],
  ])
})

test('[D10] a store that does not answer ends nobody, and is asked again', async () => {
  let asked = 0
  const { listed, state } = makeScene(1, async () => {
    asked += 1
    if (asked === 1) throw new Error('no store')
    return []
  })
  state.isWhole = false
  await until(() => asked === 1)
  expect(listed[0]?.got).toEqual([])
  await until(() => listed[0]?.got[0] === closeCodes.sessionRevoked)
})
