/** Writes down what changes, and brings it back at the next start. Without a cache that works, everything goes on in memory. */
import type { MessageRow } from '@rookery/protocol'
import type { Cache, CacheChange, Saved, SavedConversation, SavedDevice, SavedPending } from './cache/cache.ts'
import { newConversation, nothingHeld, type Held } from './held.ts'
import { mergeRows } from './loaded.ts'
import type { ClientState, Conversation } from './state.ts'

export interface Keeper {
  /** What is held is this now; `rows` came with it. What is to be sent is written at once, the rest soon. */
  note(held: Held, rows: readonly MessageRow[]): void
  /** Resolves when everything noted so far is kept, or cannot be. */
  flush(): Promise<void>
}

/** Milliseconds for which changes are collected. */
const pause = 100

/** @param start what the cache holds already. */
export function createKeeper(cache: Cache, start: Held): Keeper {
  let saved = start
  let current = start
  let rows: MessageRow[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let writing: Promise<void> = Promise.resolve()
  let broken = false

  async function write(): Promise<void> {
    if (broken) return
    const change = findChange(saved, current, rows)
    const written = current
    rows = []
    if (!change) return
    saved = written
    try {
      await cache.save(change)
    } catch {
      await makeRoom(written)
    }
  }

  /** Most of what takes room is messages, and they can be had again; what was not sent cannot. */
  async function makeRoom(written: Held): Promise<void> {
    try {
      await cache.dropMessages()
      await cache.save({ ...findChange(nothingHeld, written, []), reset: true })
    } catch {
      broken = true
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    writing = writing.then(write)
    return writing
  }

  return {
    note(held, fresh) {
      // A copy of a history that is lost must not be found again after a crash.
      const isUrgent = held.life !== current.life || pendingOf(held.state) !== pendingOf(current.state)
      // Rows of an earlier life have no place in this one.
      if (held.life !== current.life) rows = []
      current = held
      rows.push(...fresh)
      if (isUrgent) void flush()
      else timer ??= setTimeout(() => void flush(), pause)
    },
    flush,
  }
}

/** What tells one set of pending messages from another. */
function pendingOf({ conversations }: ClientState): string {
  let ids = ''
  for (const { pending } of conversations.values()) for (const { id, state } of pending) ids += `${id}${state.kind}`
  return ids
}

/** Null where nothing changed. */
function findChange(before: Held, after: Held, messages: readonly MessageRow[]): CacheChange | null {
  const device = deviceOf(after)
  if (!device || (before === after && messages.length === 0)) return null
  const reset = before.life !== after.life
  const from = reset ? nothingHeld.state : before.state
  const conversations = changedIn(from.conversations, after.state.conversations)
  const left = new Map(
    savedPending([...before.state.conversations.values()]).map((message) => [message.id, message] as const),
  )
  const pending = savedPending([...after.state.conversations.values()])
  for (const { id } of pending) left.delete(id)
  const dropped = [...from.conversations.keys()].filter((id) => !after.state.conversations.has(id))
  return {
    reset,
    device,
    contacts: changedIn(from.contacts, after.state.contacts),
    conversations: conversations.map(toSaved),
    dropped,
    messages,
    pending: savedPending(conversations),
    settled: [...left.keys()],
  }
}

function changedIn<Value>(before: ReadonlyMap<number, Value>, after: ReadonlyMap<number, Value>): Value[] {
  return before === after
    ? []
    : [...after].filter(([key, value]) => before.get(key) !== value).map(([, value]) => value)
}

function deviceOf({ state, epoch, rev, cursor }: Held): SavedDevice | null {
  return state.me && { me: state.me, epoch, rev, cursor, synced: state.synced }
}

function toSaved(conversation: Conversation): SavedConversation {
  const { messages, pending: _pending, typing: _typing, ...rest } = conversation
  return { ...rest, newest: messages.at(-1) ?? null }
}

function savedPending(conversations: readonly Conversation[]): SavedPending[] {
  return conversations.flatMap(({ id: conversation, peer, pending }) =>
    pending.map((message) => ({ ...message, conversation, peer })),
  )
}

/** What was kept, as it is held. What does not fit together is left out: the next comparison brings it. */
export function restore({ device, contacts, conversations, pending }: Saved): Held {
  const restored = new Map<number, Conversation>(
    (device ? conversations : []).map(({ newest, ...rest }) => {
      const messages = newest ? mergeRows({ messages: [], last_seq: rest.last_seq }, [newest]) : []
      return [rest.id, { ...rest, messages, pending: [], typing: [] }]
    }),
  )
  for (const { conversation, peer, ...message } of pending) {
    const known = restored.get(conversation)
    const home = known?.peer === peer ? known : (restored.get(-peer) ?? { ...newConversation(-peer), peer })
    restored.set(home.id, { ...home, pending: [...home.pending, message] })
  }
  const state: ClientState = {
    ...nothingHeld.state,
    me: device?.me ?? null,
    synced: device?.synced ?? false,
    contacts: new Map((device ? contacts : []).map((row) => [row.peer, row])),
    conversations: restored,
  }
  if (!device) return { ...nothingHeld, state }
  const { epoch, rev, cursor } = device
  return { ...nothingHeld, state, epoch, rev, cursor }
}
