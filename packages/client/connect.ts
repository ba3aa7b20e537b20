/** Joins the connection, the outbox, the cache and what is held into one client. */
import type { Answer, GroupRow, Input, Me, MessageRow, OperationName, Push, Sendable } from '@rookery/protocol'
import { putPending } from './apply.ts'
import { createArrangements } from './arrangements.ts'
import { createArrivals } from './arrivals.ts'
import { createMemoryCache } from './cache/memory.ts'
import type { Cache } from './cache/cache.ts'
import { openConnection } from './connection.ts'
import { moveReadPointer } from './counting.ts'
import { nothingHeld, putConversation, startAnew, type Held } from './held.ts'
import { createEmitter } from './emitter.ts'
import { createHints } from './hints.ts'
import { createKeeper, restore, type Keeper } from './keeper.ts'
import { createMembers } from './members.ts'
import { createOutbox } from './outbox.ts'
import { createOvertaking } from './overtaking.ts'
import { createPages } from './pages.ts'
import { createPeople } from './people.ts'
import { createPresence } from './presence.ts'
import { previewForward, toSendable } from './previews.ts'
import { createQuotes } from './quotes.ts'
import { createReads } from './reads.ts'
import { createSettled } from './settled.ts'
import type { HostedClient } from './share/hosted-client.ts'
import type { ClientState } from './state.ts'
import { createSync } from './sync.ts'
import { makeMessageId } from './uuid.ts'

export interface ClientOptions {
  /** Where the server is: `http://host:port`. */
  readonly url: string
  /** The session's token. Without one, the browser's cookie speaks for the session. */
  readonly token?: string
  /** Whose session it must be: another one's ends the connection as `signed_out`. */
  readonly number?: number
  /** When to tell listeners of changes: once per animation frame in a browser. Default: in the next microtask. */
  readonly schedule?: (emit: () => void) => void
  /** What is kept between runs; where it cannot be had, memory has to do. */
  readonly cache?: Promise<Cache>
}

/** How often everything is compared though nothing seems to be missing, in milliseconds. */
const compareEvery = 45_000

export function connect({ url, token, number, schedule = queueMicrotask, cache }: ClientOptions): HostedClient {
  const { subscribe, emit } = createEmitter(schedule)
  const overtaking = createOvertaking()
  const settled = createSettled()
  let held: Held = nothingHeld
  const opening = openCache(cache)
  let keeper: Keeper | null = null
  let closing: Promise<void> | null = null
  /** Since this connection opened: before that, a conversation's number may be one of another history or user. */
  let isCompared = false

  function set(next: Held, rows: readonly MessageRow[] = [], stale: readonly number[] = []): void {
    const isSame = next.state === held.state && next.rev === held.rev && next.cursor === held.cursor
    if (isSame && next.epoch === held.epoch && rows.length === 0) return
    overtaking.note(rows, next.life === held.life ? stale : 'all')
    held = next
    keeper?.note(held, rows, stale)
    emit()
  }

  const state = () => held.state
  const setState = (next: ClientState, rows: readonly MessageRow[] = []) => set({ ...held, state: next }, rows)

  const connection = openConnection(url, token, {
    onState(next) {
      if (next.kind !== 'online') isCompared = false
      if (next.kind === 'connecting') settled.begin()
      else if (next.kind !== 'online') settled.end()
      setState({ ...held.state, connection: next })
    },
    onOpen: (me) => void start(me),
    onPush: receive,
  })
  const { call } = connection
  const parts = { call, state, set: setState, readHeld, overtaking }
  const sync = createSync({ call, held: () => held, set, onCompared })
  const arrivals = createArrivals({ held: () => held, set, sync })
  const hints = createHints(parts)
  const presence = createPresence(parts)
  const people = createPeople(parts)
  const members = createMembers(parts)
  const pages = createPages(parts)
  const quotes = createQuotes(parts)
  const reads = createReads({ ...parts, onTold: arrivals.recount })
  const arrangements = createArrangements({ ...parts, isReady: () => isCompared, onTold: arrivals.membership })
  const outbox = createOutbox(call, {
    isReady: () => isCompared,
    pending: (conversation) => held.state.conversations.get(conversation)?.pending ?? [],
    setPending: (conversation, pending) => setState(putPending(held.state, conversation, pending)),
    onSent(conversation, { id, body }, { seq, rev, at, body: stored }) {
      const sender = held.state.me?.number
      if (sender === undefined) throw new Error('Something was sent by nobody.')
      const said = stored ?? (body.kind === 'forward' ? null : body)
      if (said) arrivals.message({ conversation, seq, rev, id, sender, at, body: said })
      else void sync.compare()
    },
  })
  subscribe(() => void members.refresh())
  const loading = load()
  const timer = setInterval(() => void check(), compareEvery)

  /** What was kept comes first: the server is asked only for what is not among it. */
  async function load(): Promise<Cache> {
    const opened = await opening
    const saved = await opened.load().catch(() => null)
    const restored = saved ? restore(saved) : nothingHeld
    keeper = createKeeper(opened, restored)
    const { connection: now } = held.state
    set({ ...restored, state: { ...restored.state, connection: now } })
    return opened
  }

  async function start(me: Me): Promise<void> {
    if (number !== undefined && me.number !== number) return connection.end('signed_out')
    await loading
    // The browser's cookie is another user's now: nothing of the one before may be shown, or sent in another's name.
    if (held.state.me && held.state.me.number !== me.number)
      set(startAnew(held, { ...nothingHeld.state, connection: held.state.connection }))
    setState({ ...held.state, me })
    presence.tellRest()
    await compareAll()
  }

  /** First how far one has read: so the counts that come are right at once. */
  async function compareAll(): Promise<void> {
    await reads.tellAll()
    await sync.compare()
    people.refresh()
    quotes.refresh()
    // In this order: who comes after the list was made is told of to those who watch.
    await hints.refresh()
    await presence.refresh()
  }

  /** What waits to be sent or told may have found its place by it. */
  function onCompared(): void {
    isCompared = held.state.connection.kind === 'online'
    settled.end()
    for (const [id, { pending }] of held.state.conversations) if (id > 0 && pending.length > 0) outbox.flush(id)
    void arrangements.tellAll()
  }

  async function check(): Promise<void> {
    if (held.state.connection.kind === 'online') await compareAll()
  }

  function receive(push: Push): void {
    // What comes before the cache is read is among what the first comparison brings.
    if (!keeper) return
    switch (push.push) {
      case 'message':
        return hear(push.row, push.group)
      case 'hidden':
        return arrivals.hidden(push.conversation, push.rev)
      case 'mine':
        return arrivals.ownRows(push)
      case 'compare':
        return void check()
      case 'read':
      case 'typing':
        return hints.receive(push)
      case 'presence':
        return presence.receive(push)
    }
  }

  function hear(row: MessageRow, group?: GroupRow): void {
    const last = held.state.conversations.get(row.conversation)?.last_seq ?? 0
    if (row.seq > last) hints.heard(row.conversation, row.sender)
    arrivals.message(row, group)
  }

  async function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
    const answer = await call(name, input)
    if (answer.ok) arrivals.answer(name, answer.value)
    return answer
  }

  /** All that was noted is in the cache by then. */
  async function readHeld(conversation: number, before: number, limit: number): Promise<readonly MessageRow[]> {
    const opened = await loading
    await keeper?.flush()
    return opened.page(conversation, before, limit).catch(() => [])
  }

  function sendAs(conversation: number, id: string, body: Sendable): void {
    if (!keeper) return void loading.then(() => sendAs(conversation, id, body))
    const at = Date.now()
    const known = held.state.conversations.get(conversation)
    if (known?.pending.some((message) => message.id === id) || known?.messages.some((row) => row.id === id)) return
    const preview = previewForward(held.state, body)
    hints.sent(conversation)
    outbox.add(conversation, { id, at, body, ...(preview && { preview }), state: { kind: 'sending' } })
  }

  async function end(): Promise<void> {
    clearInterval(timer)
    connection.end('closed')
    const opened = await loading
    await keeper?.flush()
    opened.close()
  }

  return {
    state,
    subscribe,
    call: ask,
    sendAs,
    send(conversation, body) {
      const id = makeMessageId()
      sendAs(conversation, id, toSendable(body))
      return id
    },
    retry: outbox.retry,
    discard: outbox.discard,
    edit: (conversation, seq, text) => ask('messages.edit', { conversation, seq, text }),
    recall: (conversation, seq) => ask('messages.recall', { conversation, seq }),
    react: (conversation, seq, emoji, on) => ask('messages.react', { conversation, seq, emoji, on }),
    ...pages,
    // Whoever opens a page at a message asks before the connection stands.
    loadAround: async (id, seq) =>
      (await pages.loadAround(id, seq)) || ((await settled.wait()) && pages.loadAround(id, seq)),
    quoted: quotes.find,
    look: hints.look,
    rest: presence.rest,
    typing: hints.typing,
    read(id, seq) {
      const conversation = held.state.conversations.get(id)
      if (conversation?.marked) arrangements.arrange(id, { marked: false })
      const known = held.state.conversations.get(id)
      if (!known || seq <= known.read_seq) return
      const read_seq = Math.min(seq, known.last_seq)
      setState(putConversation(held.state, moveReadPointer(known, read_seq, held.state.me)))
      void reads.tell(id)
    },
    arrange: arrangements.arrange,
    know: people.know,
    members: members.load,
    leaveMembers: members.leave,
    wake() {
      connection.wake()
      void check()
    },
    close() {
      closing ??= end()
      return closing
    },
  }
}

async function openCache(cache: Promise<Cache> | undefined): Promise<Cache> {
  try {
    return (await cache) ?? createMemoryCache()
  } catch {
    return createMemoryCache()
  }
}
