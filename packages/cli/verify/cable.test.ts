/** The cable does what it says, on plain TCP. */
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { openCable, type Cable } from './cable.ts'

let server: Server
let cable: Cable
let arrived = ''
const far: Socket[] = []

beforeEach(async () => {
  arrived = ''
  server = createServer((socket) => {
    far.push(socket)
    socket.on('data', (chunk: Buffer) => (arrived += chunk.toString()))
    socket.on('error', () => {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const gone = 'http://127.0.0.1:1'
  cable = await openCable([gone, `http://127.0.0.1:${(server.address() as AddressInfo).port}`], 1)
})

afterEach(() => {
  cable.close()
  server.close()
  for (const socket of far.splice(0)) socket.destroy()
})

async function dial(): Promise<{ socket: Socket; isClosed: () => boolean }> {
  let closed = false
  const socket = connect(Number(new URL(cable.url).port), '127.0.0.1')
  socket.on('close', () => (closed = true))
  socket.on('error', () => {})
  await new Promise<void>((connected) => socket.once('connect', connected))
  return { socket, isClosed: () => closed }
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 3_000
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`Still not true: ${isTrue.toString()}`)
    await Bun.sleep(2)
  }
}

test('bytes pass; a cut ends what is open and lets nothing through until it is mended', async () => {
  const { socket, isClosed } = await dial()
  socket.write('one')
  await until(() => arrived === 'one')
  cable.cut()
  await until(isClosed)
  expect(cable.soundSince()).toBeNull()
  const second = await dial()
  await until(second.isClosed)
  cable.mend()
  const third = await dial()
  third.socket.write(' two')
  await until(() => arrived === 'one two')
  expect(cable.soundSince()).toBeLessThanOrEqual(performance.now())
  third.socket.destroy()
})

test('frozen: nothing passes and nothing is closed; then all of it arrives', async () => {
  const { socket, isClosed } = await dial()
  socket.write('one')
  await until(() => arrived === 'one')
  cable.freeze()
  socket.write(' two')
  const late = await dial()
  late.socket.write(' three')
  await Bun.sleep(50)
  expect(arrived).toBe('one')
  expect(isClosed()).toBe(false)
  cable.mend()
  await until(() => arrived.includes(' two') && arrived.includes(' three'))
  socket.destroy()
  late.socket.destroy()
})

test('torn: half of the next bytes arrive, then the connection is gone', async () => {
  const { socket, isClosed } = await dial()
  socket.write('one ')
  await until(() => arrived === 'one ')
  cable.tear()
  socket.write('abcdef')
  await until(isClosed)
  await until(() => arrived === 'one abc')
  const next = await dial()
  next.socket.write('!')
  await until(() => arrived === 'one abc!')
  next.socket.destroy()
})

test('delayed: later, in the same order, also when the delay ends meanwhile', async () => {
  const { socket } = await dial()
  cable.delay(80)
  const began = performance.now()
  socket.write('one')
  await Bun.sleep(20)
  cable.delay(0)
  socket.write(' two')
  await until(() => arrived === 'one two')
  expect(performance.now() - began).toBeGreaterThan(70)
  socket.destroy()
})

test('a node that is gone is left for the next one', async () => {
  const toNobody = await openCable(['http://127.0.0.1:1', `http://127.0.0.1:${(server.address() as AddressInfo).port}`])
  cable.close()
  cable = toNobody
  const { isClosed } = await dial()
  await until(isClosed)
  const second = await dial()
  second.socket.write('here')
  await until(() => arrived === 'here')
  second.socket.destroy()
})
