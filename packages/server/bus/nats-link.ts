/** One connection to NATS that comes back by itself, and says when it was away. */
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node'
import { connectToNats, explainNats } from './nats-address.ts'

export type Receiver = (error: Error | null, message: Msg) => void

export interface Link {
  /** While there is no connection it is lost. */
  send(subject: string, text: string): void
  hear(subject: string, receiver: Receiver): Subscription
  isConnected(): boolean
  /** False too while a wire may have been cut in silence, which the driver finds out only after seconds. */
  isAnswering(): boolean
  /** How often it was connected again. */
  readonly reconnects: number
  /** Resolves once the server has all that was sent, and every wish to hear something. Rejects if it does not. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds. */
const pingEvery = 500
const pongDeadline = 1_000
const closeDeadline = 1_000

/**
 * @param root what all subjects begin with.
 * @param onChange `back` once the server has every wish to hear something again: what is said from now on is heard.
 * @throws an Error of one line where NATS cannot be used.
 */
export async function openLink(url: string, root: string, onChange: (now: 'cut' | 'back') => void): Promise<Link> {
  const connection = await connectToNats(url)
  let state: 'connected' | 'cut' | 'closed' = 'connected'
  let pongAt = performance.now()
  let reconnects = 0
  let refused: string | null = null
  const timer = setInterval(() => void ping(), pingEvery)
  void follow()

  async function follow(): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'error') refused = status.error.message
      if (status.type === 'disconnect' && state === 'connected') change('cut')
      if (status.type === 'reconnect' && (await isServed(connection)) && state === 'cut') {
        reconnects += 1
        pongAt = performance.now()
        change('back')
      }
    }
  }

  function change(now: 'cut' | 'back'): void {
    state = now === 'cut' ? 'cut' : 'connected'
    onChange(now)
  }

  async function ping(): Promise<void> {
    const at = performance.now()
    if (state === 'connected' && (await isServed(connection))) pongAt = at
  }

  return {
    send(subject, text) {
      if (state === 'connected') connection.publish(`${root}.${subject}`, text)
    },
    hear: (subject, callback) => connection.subscribe(`${root}.${subject}`, { callback }),
    isConnected: () => state === 'connected',
    isAnswering: () => state === 'connected' && performance.now() - pongAt < pongDeadline,
    get reconnects() {
      return reconnects
    },
    async flush() {
      await connection.flush()
      // What the server refused comes before its answer, and is told a turn later.
      await Bun.sleep(0)
      if (refused !== null) throw new Error(explainNats(url, refused))
    },
    async close() {
      if (state === 'connected') await Promise.race([isServed(connection), Bun.sleep(closeDeadline)])
      state = 'closed'
      clearInterval(timer)
      await connection.close()
    },
  }
}

/** One for many subjects: what a subscription costs is what somebody online costs. */
export function createReceiver(receive: (text: string, subject: string) => void): Receiver {
  return (error, message) => void (error === null && receive(message.string(), message.subject))
}

/** Whether the server has got everything up to now. */
async function isServed(connection: NatsConnection): Promise<boolean> {
  try {
    await connection.flush()
    return true
  } catch {
    return false
  }
}
