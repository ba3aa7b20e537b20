import { expect, test } from 'bun:test'
import { createOutgoing } from './outgoing.ts'

function makeSocket() {
  const writes: string[][] = []
  let corked: string[] | null = null
  return {
    writes,
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
