/** Writes down what changes, and brings it back at the next start. Without a cache that works, everything goes on in memory. */
import type { MessageRow } from '@rookery/protocol'
import type { Cache, CacheChange, Saved, SavedConversation, SavedDevice, SavedPending } from './cache/cache.ts'
import { newStranded, nothingHeld, type Held } from './held.ts'
import { mergeRows } from './loaded.ts'
import { isInAnew } from './own-rows.ts'
import { requestKey, type ClientState, type Conversation } from './state.ts'

export interface Keeper {
  /**
   * What is held is this now; `rows` came with it, and nothing else of the `stale` conversations' messages is worth
   * keeping. What is to be sent is written at once, the rest soon.
   */
  note(held: Held, rows: readonly MessageRow[], stale?: readonly number[]): void
  /** Resolves when everything noted so far is kept, or cannot be. */
  flush(): Promise<void>
}

/** Milliseconds for which changes are collected. */
const pause = 100

/** What was noted and is not written yet, besides the difference of two states. */
interface Noted {
  readonly rows: readonly MessageRow[]
  /** Conversations whose messages are not to be kept, but for these rows. */
  readonly stale: ReadonlySet<number>
  /** Conversations that went, though they may be back. */
  readonly gone: ReadonlySet<number>
}

const nothingNoted: Noted = { rows: [], stale: new Set(), gone: new Set() }

/** @param start what the cache holds already. */
export function createKeeper(cache: Cache, start: Held): Keeper {
  let saved = start
  let current = start
  let noted = nothingNoted
  let timer: ReturnType<typeof setTimeout> | null = null
  let writing: Promise<void> = Promise.resolve()
  let broken = false

  async function write(): Promise<void> {
    if (broken) return
    const change = findChange(saved, current, noted)
    const written = current
    noted = nothingNoted
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
      await cache.save({ ...findChange(nothingHeld, written, nothingNoted), reset: true })
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
    note(held, rows, stale = []) {
      // A copy of a history that is lost must not be found again after a crash.
      const isUrgent = held.life !== current.life || pendingOf(held.state) !== pendingOf(current.state)
      // Rows of an earlier life have no place in this one.
      const before = held.life === current.life ? noted : nothingNoted
      const gone = held.life === current.life ? goneFrom(current.state, held.state) : []
      noted = collect(before, rows, stale, gone)
      current = held
      if (isUrgent) void flush()
      else timer ??= setTimeout(() => void flush(), pause)
    },
    flush,
  }
}

/** Those that are not there any more, or are there anew. */
function goneFrom(before: ClientState, { conversations }: ClientState): number[] {
  if (conversations === before.conversations) return []
  return [...before.conversations.values()]
    .filter((held) => {
      const now = conversations.get(held.id)
      return !now || isInAnew(held, now)
    })
    .map(({ id }) => id)
}

function collect(noted: Noted, rows: readonly MessageRow[], stale: readonly number[], gone: readonly number[]): Noted {
  const emptied = new Set([...stale, ...gone])
  const left = emptied.size > 0 ? noted.rows.filter(({ conversation }) => !emptied.has(conversation)) : noted.rows
  return {
    rows: rows.length > 0 ? [...left, ...rows] : left,
    stale: stale.length > 0 ? new Set([...noted.stale, ...stale]) : noted.stale,
    gone: gone.length > 0 ? new Set([...noted.gone, ...gone]) : noted.gone,
  }
}

/** What tells one set of pending messages from another. */
function pendingOf({ conversations }: ClientState): string {
  let ids = ''
  for (const { pending } of conversations.values()) for (const { id, state } of pending) ids += `${id}${state.kind}`
  return ids
}

/** Null where nothing changed. */
function findChange(before: Held, after: Held, { rows, stale, gone }: Noted): CacheChange | null {
  const device = deviceOf(after)
  if (!device || (before === after && rows.length === 0)) return null
  const reset = before.life !== after.life
  const from = reset ? nothingHeld.state : before.state
  const conversations = changedIn(from.conversations, after.state.conversations)
  const left = new Map(savedPending([...before.state.conversations.values()], '').map(({ id }) => [id, id] as const))
  for (const { pending } of after.state.conversations.values()) for (const { id } of pending) left.delete(id)
  return {
    reset,
    device,
    contacts: changedIn(from.contacts, after.state.contacts),
    requests: changedIn(from.requests, after.state.requests),
    people: changedIn(from.people, after.state.people),
    conversations: conversations.map(toSaved),
    dropped: [...gone],
    stale: [...stale],
    messages: rows.filter(({ conversation }) => after.state.conversations.has(conversation)),
    pending: savedPending(conversations, after.epoch),
    settled: [...left.keys()],
  }
}

function changedIn<Key, Value>(before: ReadonlyMap<Key, Value>, after: ReadonlyMap<Key, Value>): Value[] {
  return before === after
    ? []
    : [...after].filter(([key, value]) => before.get(key) !== value).map(([, value]) => value)
}

function deviceOf({ state, epoch, rev, cursor }: Held): SavedDevice | null {
  return state.me && { me: state.me, settings: state.settings, epoch, rev, cursor, synced: state.synced }
}

function toSaved(conversation: Conversation): SavedConversation {
  const { messages, around: _around, pending: _pending, typing: _typing, readers: _readers, ...rest } = conversation
  return { ...rest, newest: messages.at(-1) ?? null }
}

function savedPending(conversations: readonly Conversation[], epoch: string): SavedPending[] {
  return conversations.flatMap(({ id: conversation, peer, pending }) =>
    pending.map((message) => ({ ...message, conversation, peer, epoch })),
  )
}

/** What was kept, as it is held. What does not fit together is left out: the next comparison brings it. */
export function restore({ device, contacts, requests, people, conversations, pending }: Saved): Held {
  const restored = new Map<number, Conversation>(
    (device ? conversations : []).map(({ newest, ...rest }) => {
      const messages = newest ? mergeRows({ messages: [], last_seq: rest.last_seq }, [newest]) : []
      return [rest.id, { ...rest, messages, around: null, pending: [], typing: [], readers: new Map() }]
    }),
  )
  for (const { conversation, peer, epoch: _epoch, ...message } of pending) {
    const known = restored.get(conversation)
    const stranded = newStranded({ id: conversation, kind: peer === 0 ? 'group' : 'direct', peer })
    const home = known?.peer === peer ? known : (restored.get(stranded.id) ?? stranded)
    restored.set(home.id, { ...home, pending: [...home.pending, message] })
  }
  const state: ClientState = {
    ...nothingHeld.state,
    me: device?.me ?? null,
    settings: device?.settings ?? null,
    synced: device?.synced ?? false,
    contacts: new Map((device ? contacts : []).map((row) => [row.peer, row])),
    requests: new Map((device ? requests : []).map((row) => [requestKey(row), row])),
    people: new Map((device ? people : []).map((person) => [person.number, person])),
    conversations: restored,
  }
  // In the history that it was written in, a group's number still means that group.
  if (!device) return { ...nothingHeld, state, epoch: pending.find(({ epoch }) => epoch)?.epoch ?? '' }
  const { epoch, rev, cursor } = device
  return { ...nothingHeld, state, epoch, rev, cursor }
}
