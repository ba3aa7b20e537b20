/** Scenes of two people chatting. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Client } from '@rookery/client'
import type { RunningServer } from '@rookery/server'
import { connectDevice, makePair, startTestServer, textOf, waitFor } from './harness.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('[D2] [D12] all devices of both hold the same log and the same unread count', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const devices = await Promise.all([one, one, other, other].map(({ token }) => connectDevice(server.url, token)))
  const [first, , third] = devices
  for (let index = 0; index < 20; index += 1) {
    first?.send(conversation, `one ${index}`)
    third?.send(conversation, `二 ${index} 🎉`)
  }
  await Promise.all(
    devices.map((device) => waitFor(device, (state) => state.conversations.get(conversation)?.last_seq === 40)),
  )
  const held = devices.map((device) => device.state().conversations.get(conversation))
  const logs = held.map((own) => own?.messages.map((row) => [row.seq, row.sender, textOf(row)] as const))
  expect(logs[0]?.map(([seq]) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  for (const log of logs) expect(log).toEqual(logs[0])
  for (const own of held) expect(own?.unread).toBe(20)
  third?.read(conversation, 40)
  await Promise.all(
    [2, 3].map((index) =>
      waitFor(devices[index] as Client, (state) => state.conversations.get(conversation)?.unread === 0),
    ),
  )
  for (const device of devices) device.close()
})
