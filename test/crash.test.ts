/**
 * kill -9 in the middle of sending. `ROOKERY_CRASH_KILLS` and `ROOKERY_CRASH_SENDS` make it longer: 10 and 10000 is
 * what a release is held to.
 */
import { expect, test } from 'bun:test'
import { readLog } from '../packages/cli/verify/ask.ts'
import { recordHistory, type History } from '../packages/cli/verify/history.ts'
import { makeMessageId } from '../packages/client/uuid.ts'
import { choosePort, makeFolder, makePair, spawnServer, type ServerProcess } from './harness.ts'
import { connectRaw } from './raw-device.ts'

const kills = Number(process.env.ROOKERY_CRASH_KILLS ?? 3)
const sends = Number(process.env.ROOKERY_CRASH_SENDS ?? 1_500)
const windowSize = 20

interface Outgoing {
  readonly id: string
  readonly sender: number
  readonly text: string
}

/** Sends everything, again and again over new connections, until all of it is acknowledged. */
async function sendAll(
  url: string,
  token: string,
  conversation: number,
  messages: readonly Outgoing[],
  history: History,
): Promise<void> {
  for (;;) {
    const queue = messages.filter(({ id }) => !history.isAcknowledged(id))
    if (queue.length === 0) return
    const device = await connectRaw(url, token).catch(() => null)
    if (!device) {
      await Bun.sleep(20)
      continue
    }
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const sendNext = () => {
      const message = queue.shift()
      if (!message) return messages.every(({ id }) => history.isAcknowledged(id)) ? finish() : undefined
      const { id, text } = message
      history.send({ ...message, conversation })
      device.request('messages.send', { conversation, id, body: { kind: 'text', text } }, (answer) => {
        if (!answer.ok) throw new Error(answer.code)
        history.acknowledge(id, (answer.value as { seq: number }).seq)
        sendNext()
      })
    }
    for (let index = 0; index < windowSize; index += 1) sendNext()
    await Promise.race([done, device.closed])
    device.close()
  }
}

test(`[D1] [D2] [D3] [D4] [D5] ${kills} times kill -9 in ${sends} sends: every acknowledged message is there once, in order`, async () => {
  const settings = { ROOKERY_DATA: makeFolder(), PORT: String(choosePort()) }
  let server: ServerProcess = await spawnServer(settings)
  const { url } = server
  const { one, other, conversation } = await makePair(url)
  const history = recordHistory()
  const outgoing = [one, other].map(({ token, me }, index) => ({
    token,
    messages: Array.from({ length: sends / 2 }, (_, count) => ({
      id: makeMessageId(),
      sender: me.number,
      text: `${index}: ${count} 你好`,
    })),
  }))
  const state = { finished: false }
  const sending = Promise.all(
    outgoing.map(({ token, messages }) => sendAll(url, token, conversation, messages, history)),
  )
  void sending.finally(() => (state.finished = true))

  const restarts: number[] = []
  for (let kill = 1; kill <= kills; kill += 1) {
    const goal = Math.floor((sends * kill) / (kills + 1))
    while (history.acknowledged < goal && !state.finished) await Bun.sleep(1)
    expect(state.finished).toBe(false)
    await server.kill()
    const began = performance.now()
    server = await spawnServer(settings)
    restarts.push(Math.round(performance.now() - began))
  }
  await sending
  const log = await readLog([url], one.token, conversation)
  expect([...history.noted, ...history.findFaults(conversation, log)]).toEqual([])
  expect(log).toHaveLength(sends)
  expect(await readLog([url], other.token, conversation)).toEqual(log)
  console.log(`serving again after ${restarts.join(', ')} ms`)
  await server.stop()
}, 300_000)
