/** Old clients over UDP: each sends a request and takes the next datagram; by schedule, or as fast as replies come. */
import { setImmediate } from 'node:timers/promises'
import { quantile } from '../statistics.ts'
import type { OldClientsJob, Results } from './jobs.ts'
import { pace } from './pace.ts'
import { fail } from './settle.ts'

type Replies = Omit<Results['old-clients'], 'beside'>

interface OldClient {
  send(request: string): void
  close(): void
  /** Called with the next datagram. */
  onReply: (reply: Buffer) => void
}

export async function askAsOldClients(job: OldClientsJob): Promise<Results['old-clients']> {
  const clients: OldClient[] = []
  // One after the other: the server's queue for passwords is short on purpose.
  for (const { number } of job.people) {
    const client = await open(job.port)
    if (job.password !== null) await logIn(client, number, job.password)
    clients.push(client)
  }
  const [replies, beside] = await Promise.all([
    job.rate === null ? flood(job, clients) : followSchedule(job, clients, job.rate),
    job.beside && pace(job.beside),
  ])
  for (const client of clients) client.close()
  return { ...replies, beside }
}

/** Bun's own sockets cost less than those of node:dgram, and lose nothing where one datagram at most is on its way. */
async function open(port: number): Promise<OldClient> {
  const socket = await Bun.udpSocket({
    connect: { hostname: '127.0.0.1', port },
    socket: { data: (_, data) => client.onReply(data) },
  })
  const client: OldClient = {
    send: (request) => void socket.send(request),
    close: () => socket.close(),
    onReply: () => fail('A reply that nobody asked for.'),
  }
  return client
}

async function logIn(client: OldClient, number: number, password: string): Promise<void> {
  const reply = await new Promise<Buffer>((resolve) => {
    client.onReply = resolve
    client.send(`02#${number}#${password}#`)
  })
  if (!['02:01', '02:04'].includes(reply.toString())) throw new Error(`Log-in of ${number}: ${reply.toString()}`)
}

/** What the windows of an old client ask: mostly whether something waits, now and then a message. */
function makeRequest({ people }: OldClientsJob, index: number, client: number): string {
  const peer = people[client]?.peer ?? 0
  if (index % 10 === 0) return `03#${peer}#${'x'.repeat(90)} ${index}#`
  return index % 10 === 5 ? `05#${peer}#` : `04#${peer}#`
}

async function flood(job: OldClientsJob, clients: readonly OldClient[]): Promise<Replies> {
  let answered = 0
  let stopped = false
  clients.forEach((client, position) => {
    let index = position
    const ask = () => client.send(makeRequest(job, (index += 1), position))
    client.onReply = () => {
      answered += 1
      if (!stopped) ask()
    }
    ask()
  })
  await Bun.sleep(job.warmUp * 1000)
  const [began, before, used] = [performance.now(), answered, process.cpuUsage()]
  await Bun.sleep(job.seconds * 1000)
  const [milliseconds, counted] = [performance.now() - began, answered - before]
  const processor = shareOf(used, milliseconds)
  stopped = true
  await Bun.sleep(100)
  return { rate: (counted / milliseconds) * 1000, p50: 0, p99: 0, unanswered: 0, processor }
}

/** A client that still waits for its reply passes its turn on, as a true one would. */
async function followSchedule(job: OldClientsJob, clients: readonly OldClient[], rate: number): Promise<Replies> {
  const total = Math.round(rate * (job.warmUp + job.seconds))
  const times: number[] = []
  const free = clients.map((_, position) => position)
  let answered = 0
  const [start, used] = [performance.now() + 10, process.cpuUsage()]
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
      client.send(makeRequest(job, index, position))
      next += 1
    } else await setImmediate()
  }
  const processor = shareOf(used, performance.now() - start)
  await Bun.sleep(200)
  const counted = times.slice(Math.round(rate * job.warmUp))
  return {
    rate: total / (job.warmUp + job.seconds),
    p50: quantile(counted, 0.5),
    p99: quantile(counted, 0.99),
    unanswered: total - answered,
    processor,
  }
}

/** The share of one core that this process used since then. */
function shareOf(since: NodeJS.CpuUsage, milliseconds: number): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000 / milliseconds
}
