/** One device of a person: an SDK client behind a cable of its own, with a cache that survives its crashes. */
import { connect, type Cache, type Client, type ClientState } from '@rookery/client'
import type { ErrorCode, Sendable } from '@rookery/protocol'
import type { Cable } from './cable.ts'
import type { History } from './history.ts'
import { createLastingCache } from './lasting-cache.ts'
import { createObserver, type Delays } from './observer.ts'

export interface Device {
  readonly name: string
  readonly owner: number
  readonly token: string
  readonly cable: Cable
  isOpen(): boolean
  /** What it shows; null while it is closed. */
  state(): ClientState | null
  client(): Client | null
  /** Starts on what its cache has. */
  open(): void
  /** Writes everything down and ends. */
  close(): Promise<void>
  /** Gone from one moment to the next; what it had not written down is lost. */
  crash(): Promise<void>
  /** Sends by the outbox. Null while it cannot: it is closed, or does not have the conversation. */
  send(conversation: number, text: string, marks?: Marks): string | null
  /** Ids that are written down as still to be sent. */
  readPending(): Promise<ReadonlySet<string>>
  /** What is written down. */
  readonly written: Pick<Cache, 'load' | 'page'>
}

/** What a text is besides its words. */
export type Marks = Omit<Extract<Sendable, { kind: 'text' }>, 'kind' | 'text'>

export interface DeviceParts {
  readonly name: string
  readonly owner: number
  readonly token: string
  readonly cable: Cable
  readonly history: History
  readonly delays: Delays
  /** Refusals that are no fault: what was written where one could no longer write. */
  readonly mayRefuse?: ReadonlySet<ErrorCode>
  /** Called once for each life of the device; what it returns is called with each state. */
  watch?(): (state: ClientState) => void
}

interface Life {
  readonly client: ReturnType<typeof connect>
  /** From here on it is neither heard nor written down. */
  readonly kill: () => void
}

export function createDevice(parts: DeviceParts): Device {
  const { name, owner, token, cable, history, delays, mayRefuse = new Set() } = parts
  const disk = createLastingCache()
  const observer = createObserver({ device: name, owner, history, delays, mayRefuse, cableSince: cable.soundSince })
  let life: Life | null = null

  function start(): Life {
    const { cache, kill } = disk.open()
    const client = connect({
      url: cable.url,
      token,
      number: owner,
      cache: Promise.resolve(cache),
      // At once: no step between two states is missed.
      schedule: (emit) => emit(),
    })
    const observe = observer.begin()
    const watch = parts.watch?.()
    const stop = client.subscribe(() => {
      observe(client.state())
      watch?.(client.state())
    })
    return {
      client,
      kill() {
        stop()
        observer.end()
        kill()
      },
    }
  }

  return {
    name,
    owner,
    token,
    cable,
    isOpen: () => life !== null,
    state: () => life?.client.state() ?? null,
    client: () => life?.client ?? null,
    open() {
      life ??= start()
    },
    async close() {
      const last = life
      life = null
      await Promise.resolve(last?.client.close())
      last?.kill()
      cable.drop()
    },
    async crash() {
      const last = life
      life = null
      if (!last) return
      last.kill()
      cable.drop()
      // Only its timers are left to end: it has no disk, no cable and no listener.
      last.client.close()
      const kept = await disk.readPending()
      for (const id of observer.unsettled()) if (!kept.has(id)) history.excuse(id)
    },
    send(conversation, text, marks = {}) {
      if (!life?.client.state().conversations.get(conversation)?.writable) return null
      const id = crypto.randomUUID()
      history.send({ id, conversation, sender: owner, text, line: `${name} in ${conversation}` })
      delays.start(id, observer.soundSince)
      life.client.sendAs(conversation, id, { kind: 'text', text, ...marks })
      return id
    },
    readPending: disk.readPending,
    written: disk.written,
  }
}
