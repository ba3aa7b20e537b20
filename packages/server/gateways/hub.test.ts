import { expect, test } from 'bun:test'
import { closeCodes } from '@rookery/protocol'
import { createLocalBus } from '../bus/local.ts'
import type { HintAbout } from '../core/bus-ports.ts'
import type { User } from '../core/context.ts'
import type { Presence } from '../core/presence.ts'
import type { GroupsOf } from './group-ears.ts'
import { createHub } from './hub.ts'

function makeHub(memberships: Awaited<ReturnType<GroupsOf>> = []) {
  const bus = createLocalBus()
  const moves: string[] = []
  const presence: Presence = {
    arrive({ session }) {
      moves.push(`${session} came`)
      return {
        rest: (resting) => void moves.push(`${session} rests: ${resting}`),
        leave: (how) => void moves.push(`${session} left: ${how}`),
      }
    },
    find: async () => new Map(),
    findConnected: async () => new Set(),
    tellStatus() {},
    close: async () => {},
  }
  const hub = createHub(bus, presence, () => Promise.resolve(memberships))
  return {
    hub,
    bus,
    moves,
    attach(number: number, session: string, id: string | null = null) {
      const got: (string | number)[] = []
      const user: User = { address: '', socket: id, legacy: false, session, number, name: '', role: 'member' }
      const socket = {
        id,
        send: (frame: string) => got.push(frame),
        hint: (about: HintAbout, key: string, text: string) => got.push(`${about} ${key} ${text}`),
        end: (code: number) => got.push(code),
      }
      return { got, ...hub.attach(socket, user) }
    },
  }
}

const frame = (text: string, except: string | null = null) => ({ kind: 'frame', frame: text, except }) as const

test('a frame reaches all sockets of that person, but for the one that knows already', () => {
  const { bus, attach } = makeHub()
  const [asking, same, other, stranger] = [
    attach(1, 'a', 'x'),
    attach(1, 'a', 'y'),
    attach(1, 'b'),
    attach(2, 'c', 'x'),
  ]
  bus.publish(['user.1'], frame('one', 'x'))
  bus.publish(['user.1'], frame('two'))
  expect([asking.got, same.got, other.got, stranger.got]).toEqual([['two'], ['one', 'two'], ['one', 'two'], []])
})

const hidden = (seq: number) => `{"push":"hidden","conversation":7,"rev":${seq + 10}}`

test('[D8] [P38] what a group’s message says reaches those whose time began before it; the others learn its rev', async () => {
  const { bus, attach } = makeHub([
    { number: 1, conversation: 7, from_seq: 0 },
    { number: 2, conversation: 7, from_seq: 5 },
  ])
  const everybody = [attach(1, 'a'), attach(2, 'b'), attach(3, 'c')]
  for (const { listening } of everybody) await listening
  bus.publish(['user.3'], { kind: 'groups', joined: [{ conversation: 7, from_seq: 6 }], left: [] })
  const say = (seq: number) =>
    bus.publish(['group.7'], { kind: 'frame', frame: `seq ${seq}`, except: null, message: { seq, rev: seq + 10 } })
  for (const seq of [5, 6, 7]) say(seq)
  expect(everybody.map(({ got }) => got)).toEqual([
    ['seq 5', 'seq 6', 'seq 7'],
    [hidden(5), 'seq 6', 'seq 7'],
    [hidden(5), hidden(6), 'seq 7'],
  ])
  // Out, and in again later.
  bus.publish(['user.1'], { kind: 'groups', joined: [], left: [7] })
  bus.publish(['user.1'], { kind: 'groups', joined: [{ conversation: 7, from_seq: 7 }], left: [] })
  for (const seq of [7, 8]) say(seq)
  expect(everybody[0]?.got.slice(3)).toEqual([hidden(7), 'seq 8'])
})

test('a hint is offered to every socket, which knows what it watches', () => {
  const { bus, attach } = makeHub()
  const [first, second] = [attach(1, 'a'), attach(1, 'b')]
  bus.publish(['user.1'], { kind: 'hint', about: 7, key: 'typing', frame: 'x' })
  bus.publish(['user.1'], { kind: 'hint', about: 'presence', key: 'presence 2', frame: 'y' })
  for (const { got } of [first, second]) expect(got).toEqual(['7 typing x', 'presence presence 2 y'])
})

test('every socket is listed with its session, until it has left', () => {
  const { hub, attach } = makeHub()
  const [first] = [attach(1, 'a'), attach(1, 'b'), attach(2, 'c')]
  const sessions = () => hub.list().map(([, session]) => session)
  expect(sessions()).toEqual(['a', 'b', 'c'])
  first.detach('cut')
  expect(sessions()).toEqual(['b', 'c'])
})

test('[D10] ended sessions’ sockets are closed, and no others', () => {
  const { bus, attach } = makeHub()
  const [first, again, other] = [attach(1, 'a'), attach(1, 'a'), attach(1, 'b')]
  bus.publish(['user.1'], { kind: 'sessions_ended', sessions: ['a', 'c'], except: null })
  expect([first.got, again.got, other.got]).toEqual([[closeCodes.sessionRevoked], [closeCodes.sessionRevoked], []])
})

test('who has left gets nothing, leaves once, and may come back', () => {
  const { hub, bus, moves, attach } = makeHub()
  const first = attach(1, 'a')
  expect(hub.people).toBe(1)
  first.detach('cut')
  first.detach('cut')
  expect(hub.people).toBe(0)
  const second = attach(1, 'a')
  first.detach('cut')
  bus.publish(['user.1'], frame('x'))
  expect([first.got, second.got]).toEqual([[], ['x']])
  expect(moves).toEqual(['a came', 'a left: cut', 'a came'])
})
