import { expect, test } from 'bun:test'
import { createOutgoing } from './outgoing.ts'

function makeSocket(buffered = 0) {
  const writes: string[][] = []
  let corked: string[] | null = null
  return {
    writes,
    getBufferedAmount: () => buffered,
    send(frame: string) {
      if (corked) corked.push(frame)
      else writes.push([frame])
      return 1
    },
    cork(work: () => void) {
      corked = []
      work()
      writes.push(corked)
      corked = null
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('frames of one turn are one write for each socket, in order', async () => {
  const { send } = createOutgoing()
  const [one, other] = [makeSocket(), makeSocket()]
  send(one, 'a')
  send(other, 'x')
  send(one, 'b')
  expect(one.writes).toEqual([])
  await turn()
  expect([one.writes, other.writes]).toEqual([[['a', 'b']], [['x']]])
  send(one, 'c')
  await turn()
  expect(one.writes).toEqual([['a', 'b'], ['c']])
})

test('flushed at once before a socket closes, and not written again', async () => {
  const { send, flush } = createOutgoing()
  const socket = makeSocket()
  send(socket, 'a')
  flush(socket)
  flush(socket)
  expect(socket.writes).toEqual([['a']])
  await turn()
  expect(socket.writes).toEqual([['a']])
})

test('[Y16] hints are collected: the last of each key, and none to a socket that is behind', async () => {
  const { send, hint, flush } = createOutgoing()
  const [socket, slow, closing] = [makeSocket(), makeSocket(1_000_000), makeSocket()]
  for (const each of [socket, slow, closing]) {
    hint(each, 'presence 1', 'on')
    hint(each, 'typing 2', 'writing')
    hint(each, 'presence 1', 'off')
  }
  send(slow, 'a message')
  flush(closing)
  await turn()
  expect([socket.writes, slow.writes]).toEqual([[], [['a message']]])
  // All sockets get theirs in one go, however late a busy machine is with it.
  while (socket.writes.length === 0) await Bun.sleep(10)
  expect([socket.writes, slow.writes, closing.writes]).toEqual([[['writing', 'off']], [['a message']], []])
})
