/** Pages of 50 from anywhere in long histories, one after the other. */
import { quantile } from '../statistics.ts'
import type { Job, Results } from './jobs.ts'
import { connect } from './log-in.ts'
import { fail } from './settle.ts'
import { encodeText, type RawSocket } from './web-socket.ts'

const pageLength = 50
const answer = Buffer.from('{"id":1,"ok"')
const seqKey = Buffer.from('"seq":')

export async function readPages({
  port,
  lanes,
  last,
  count,
}: Extract<Job, { kind: 'pages' }>): Promise<Results['pages']> {
  let waiting: PromiseWithResolvers<number> | null = null
  const sockets: RawSocket[] = []
  for (const { sender } of lanes)
    sockets.push(
      await connect(port, sender, {
        lost: fail,
        flush: () => {},
        frame(bytes, start, end) {
          if (!bytes.subarray(start, start + answer.length).equals(answer)) return
          const arrived = performance.now()
          if (countOf(seqKey, bytes.subarray(start, end)) !== pageLength) fail(bytes.toString('utf8', start, end))
          waiting?.resolve(arrived)
        },
      }),
    )
  const times = new Float64Array(count)
  for (let index = 0; index < count; index += 1) {
    const lane = Math.floor(Math.random() * lanes.length)
    const before = pageLength + 1 + Math.floor(Math.random() * (last - pageLength))
    const input = { conversation: lanes[lane]?.conversation, before, limit: pageLength }
    const frame = encodeText(JSON.stringify({ id: 1, op: 'messages.page', in: input }))
    waiting = Promise.withResolvers()
    const began = performance.now()
    sockets[lane]?.write(frame)
    times[index] = (await waiting.promise) - began
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

function countOf(part: Buffer, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + part.length)) count += 1
  return count
}
