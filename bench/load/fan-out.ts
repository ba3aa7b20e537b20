/** One member of a group writes, and a thousand devices read: how long until the last of them has it, and how many a second. */
import { setImmediate } from 'node:timers/promises'
import { quantile } from '../statistics.ts'
import type { Job, Results } from './jobs.ts'
import { connect } from './log-in.ts'
import { fail } from './settle.ts'
import { encodeText, type RawSocket } from './web-socket.ts'

const atOnce = 100
const pushOf = Buffer.from('{"push":"message"')
const seqKey = Buffer.from('"seq":')
const [digit0, digit9] = [0x30, 0x39]

export async function fanOut(job: Extract<Job, { kind: 'fan-out' }>): Promise<Results['fan-out']> {
  const { port, tokens, conversation, rate, seconds, window } = job
  const [writer = '', ...readers] = tokens
  /** By seq: when it was due; each delivery is measured against it. */
  const sentAt: number[] = []
  const delays: number[] = []
  let [sent, acknowledged, delivered, first] = [0, 0, 0, 0]

  function note(bytes: Buffer, start: number, end: number): void {
    if (!bytes.subarray(start, start + pushOf.length).equals(pushOf)) return
    let seq = 0
    for (let at = bytes.indexOf(seqKey, start) + seqKey.length; at < end; at += 1) {
      const digit = bytes[at] ?? 0
      if (digit < digit0 || digit > digit9) break
      seq = seq * 10 + digit - digit0
    }
    delivered += 1
    const began = sentAt[seq - first]
    if (began !== undefined) delays.push(performance.now() - began)
  }

  for (let opened = 0; opened < readers.length; opened += atOnce)
    await Promise.all(
      readers
        .slice(opened, opened + atOnce)
        .map((token) => connect(port, token, { frame: note, flush: () => {}, lost: fail })),
    )

  let socket: RawSocket | null = null
  socket = await connect(port, writer, {
    lost: fail,
    flush: () => {},
    frame(bytes, start, end) {
      const text = bytes.toString('latin1', start, end)
      if (text.startsWith('{"push"')) return
      const answer = /^\{"id":\d+,"ok":\{"seq":(\d+)/.exec(text)
      if (!answer) return fail(text)
      if (first === 0) first = Number(answer[1])
      acknowledged += 1
    },
  })
  function send(): void {
    const input = { conversation, id: crypto.randomUUID(), body: { kind: 'text', text: '.'.repeat(100) } }
    socket?.write(encodeText(JSON.stringify({ id: sent + 1, op: 'messages.send', in: input })))
    sent += 1
  }
  const arrived = () => delivered >= acknowledged * readers.length && acknowledged === sent

  // The first one tells where the counting begins.
  send()
  await until(() => arrived())
  first += 1
  delays.length = 0

  const total = rate === null ? 0 : Math.round(rate * seconds)
  const start = performance.now()
  for (let next = 0; next < total;) {
    const due = rate === null ? 0 : start + (next * 1000) / rate
    if (performance.now() >= due) {
      sentAt[next] = due
      next += 1
      send()
    }
    await setImmediate()
  }
  if (rate === null)
    while (performance.now() - start < seconds * 1000) {
      // As many on the way as one socket would have, but none that readers are still behind with.
      if (sent - Math.floor(delivered / readers.length) < window) send()
      await setImmediate()
    }
  await until(() => arrived())
  const milliseconds = performance.now() - start
  const counted = Float64Array.from(delays)
  return {
    sent,
    delivered,
    rate: ((delivered - readers.length) / milliseconds) * 1000,
    p50: counted.length > 0 ? quantile(counted, 0.5) : 0,
    p99: counted.length > 0 ? quantile(counted, 0.99) : 0,
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 30_000; !isTrue();) {
    if (performance.now() > deadline) fail('Not everything was delivered.')
    await Bun.sleep(1)
  }
}
