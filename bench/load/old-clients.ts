/** Old clients over UDP: each sends a request and takes the next datagram; by schedule, or as fast as replies come. */
import { createSocket, type Socket } from 'node:dgram'
import { setImmediate } from 'node:timers/promises'
import { quantile } from '../statistics.ts'
import type { Job, Results } from './jobs.ts'
import { fail } from './settle.ts'

type OldJob = Extract<Job, { kind: 'old-clients' }>

interface OldClient {
  readonly socket: Socket
  /** Called with the next datagram. */
  onReply: (reply: string) => void
}

export async function askAsOldClients(job: OldJob): Promise<Results['old-clients']> {
  const clients: OldClient[] = []
  // One after the other: the server's queue for passwords is short on purpose.
  for (const person of job.people) clients.push(await enter(job, person))
  const result = job.rate === null ? await flood(job, clients) : await pace(job, clients, job.rate)
  for (const { socket } of clients) socket.close()
  return result
}

async function enter({ port, password }: OldJob, { number }: OldJob['people'][number]): Promise<OldClient> {
  const socket = createSocket('udp4')
  const client: OldClient = { socket, onReply: fail }
  await new Promise<void>((connected) => socket.connect(port, '127.0.0.1', connected))
  socket.on('message', (data) => client.onReply(data.toString()))
  const reply = await new Promise<string>((resolve) => {
    client.onReply = resolve
    socket.send(`02#${number}#${password}#`)
  })
  if (!reply.startsWith('02:0') || reply === '02:02') throw new Error(`Log-in of ${number}: ${reply}`)
  return client
}

/** What the windows of an old client ask: mostly whether something waits, now and then a message. */
function makeRequest({ people }: OldJob, index: number, client: number): string {
  const peer = people[client]?.peer ?? 0
  if (index % 10 === 0) return `03#${peer}#${'x'.repeat(90)} ${index}#`
  return index % 10 === 5 ? `05#${peer}#` : `04#${peer}#`
}

async function flood(job: OldJob, clients: readonly OldClient[]): Promise<Results['old-clients']> {
  let counted = 0
  let counting = false
  let stopped = false
  clients.forEach((client, position) => {
    let index = position
    const ask = () => client.socket.send(makeRequest(job, (index += 1), position))
    client.onReply = () => {
      if (counting) counted += 1
      if (!stopped) ask()
    }
    ask()
  })
  await Bun.sleep(job.warmUp * 1000)
  counting = true
  const began = performance.now()
  await Bun.sleep(job.seconds * 1000)
  const seconds = (performance.now() - began) / 1000
  counting = false
  stopped = true
  await Bun.sleep(100)
  return { rate: counted / seconds, p50: 0, p99: 0, unanswered: 0 }
}

/** A client that still waits for its reply passes its turn on, as a true one would. */
async function pace(job: OldJob, clients: readonly OldClient[], rate: number): Promise<Results['old-clients']> {
  const total = Math.round(rate * (job.warmUp + job.seconds))
  const times: number[] = []
  const free = clients.map((_, position) => position)
  let answered = 0
  const start = performance.now() + 10
  const due = (index: number) => start + (index * 1000) / rate
  for (let next = 0; next < total;) {
    const position = due(next) <= performance.now() ? free.shift() : undefined
    const client = position === undefined ? undefined : clients[position]
    if (client && position !== undefined) {
      const index = next
      client.onReply = () => {
        times[index] = performance.now() - due(index)
        answered += 1
        free.push(position)
      }
      client.socket.send(makeRequest(job, index, position))
      next += 1
    } else await setImmediate()
  }
  await Bun.sleep(200)
  const counted = times.slice(Math.round(rate * job.warmUp))
  return {
    rate: total / (job.warmUp + job.seconds),
    p50: quantile(counted, 0.5),
    p99: quantile(counted, 0.99),
    unanswered: total - answered,
  }
}
