/** Joins the connection, the outbox, the cache and what is held into one client. */
import { LIMITS, type Me, type MessageRow, type Push } from '@rookery/protocol'
import { applyMessage, applyOlder, applyOwnRows, moveReadPointer, putPending } from './apply.ts'
import { createMemoryCache } from './cache/memory.ts'
import type { Cache } from './cache/cache.ts'
import { openConnection } from './connection.ts'
import { nothingHeld, putConversation, startAnew, type Held } from './held.ts'
import { createHints } from './hints.ts'
import { createKeeper, restore, type Keeper } from './keeper.ts'
import { firstSeq } from './loaded.ts'
import { createOutbox } from './outbox.ts'
import { createReads } from './reads.ts'
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

const pageSize = LIMITS.pageMessages

export function connect({ url, token, number, schedule = queueMicrotask, cache }: ClientOptions): HostedClient {
  const listeners = new Set<() => void>()
  let held: Held = nothingHeld
  let scheduled = false
  const opening = openCache(cache)
  let keeper: Keeper | null = null
  let closing: Promise<void> | null = null
  /** Since this connection opened: before that, a conversation's number may be one of another history or user. */
  let isCompared = false

  function set(next: Held, rows: readonly MessageRow[] = []): void {
    const isSame = next.state === held.state && next.rev === held.rev && next.cursor === held.cursor
    if (isSame && next.epoch === held.epoch && rows.length === 0) return
    held = next
    keeper?.note(held, rows)
    if (scheduled) return
    scheduled = true
    schedule(emit)
  }

  function emit(): void {
    scheduled = false
    for (const listener of listeners) listener()
  }

  const state = () => held.state
  const setState = (next: ClientState) => set({ ...held, state: next })

  const connection = openConnection(url, token, {
    onState(next) {
      if (next.kind !== 'online') isCompared = false
      setState({ ...held.state, connection: next })
    },
    onOpen: (me) => void start(me),
    onPush: receive,
  })
  const { call } = connection
  const sync = createSync({ call, held: () => held, set, onCompared })
  const hints = createHints({ call, state, set: setState })
  const reads = createReads({ call, state, set: setState, onTold: recount })
  const outbox = createOutbox(call, {
    isReady: () => isCompared,
    pending: (conversation) => held.state.conversations.get(conversation)?.pending ?? [],
    setPending: (conversation, pending) => setState(putPending(held.state, conversation, pending)),
    onSent(conversation, { id, body }, sent) {
      const sender = held.state.me?.number
      if (sender === undefined) throw new Error('Something was sent by nobody.')
      acceptMessage({ conversation, id, body, sender, ...sent })
    },
  })
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
    await reads.tellAll()
    await sync.compare()
    await hints.refresh()
  }

  /** What waits to be sent may have found its place by it. */
  function onCompared(): void {
    isCompared = held.state.connection.kind === 'online'
    for (const [id, { pending }] of held.state.conversations) if (id > 0 && pending.length > 0) outbox.flush(id)
  }

  async function check(): Promise<void> {
    if (held.state.connection.kind !== 'online') return
    await sync.compare()
    await hints.refresh()
  }

  const isUncounted = (id: number) => held.state.conversations.get(id)?.compared === 'uncounted'

  function recount(id: number): void {
    if (isUncounted(id)) void sync.compare()
  }

  /** Rows that came by themselves: applied if they are the next ones, else all that is missing is asked for. */
  function acceptMessage(row: MessageRow): void {
    sync.noteTouch()
    const next = applyMessage(held.state, row)
    if (next) set({ ...held, state: next }, [row])
    else void sync.compare()
  }

  function receive(push: Push): void {
    // What comes before the cache is read is among what the first comparison brings.
    if (!keeper) return
    switch (push.push) {
      case 'message':
        return acceptMessage(push.row)
      case 'mine': {
        sync.noteTouch()
        const next = applyOwnRows(held, push.contacts, push.memberships)
        const isComplete =
          next !== null && push.memberships.every((row) => held.state.conversations.has(row.conversation))
        if (next) set(next)
        const isCounted = push.memberships.every((row) => !isUncounted(row.conversation))
        // A conversation that is new here may be an old one.
        return isComplete && isCounted ? undefined : void sync.compare()
      }
      case 'compare':
        return void check()
      case 'read':
      case 'typing':
      case 'presence':
        return hints.receive(push)
    }
  }

  /** Held rows first, then the server's. */
  async function findOlder(conversation: number, before: number): Promise<readonly MessageRow[]> {
    const kept = await (await loading).page(conversation, before, pageSize).catch(() => [])
    if (kept.length > 0) return kept
    const page = await call('messages.page', { conversation, before, limit: pageSize })
    return page.ok ? page.value.messages : []
  }

  function sendAs(conversation: number, id: string, text: string): void {
    if (!keeper) return void loading.then(() => sendAs(conversation, id, text))
    const at = Date.now()
    const known = held.state.conversations.get(conversation)
    if (known?.pending.some((message) => message.id === id) || known?.messages.some((row) => row.id === id)) return
    outbox.add(conversation, { id, at, body: { kind: 'text', text }, state: { kind: 'sending' } })
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
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    call,
    sendAs,
    send(conversation, text) {
      const id = makeMessageId()
      sendAs(conversation, id, text)
      return id
    },
    retry: outbox.retry,
    discard: outbox.discard,
    async loadOlder(id) {
      const conversation = held.state.conversations.get(id)
      if (!conversation || firstSeq(conversation) <= 1) return false
      const rows = await findOlder(id, firstSeq(conversation))
      set({ ...held, state: applyOlder(held.state, id, rows) }, rows)
      return rows.length > 0 && (rows[0]?.seq ?? 1) > 1
    },
    look: hints.look,
    typing: hints.typing,
    read(id, seq) {
      const conversation = held.state.conversations.get(id)
      if (!conversation || seq <= conversation.read_seq) return
      const read_seq = Math.min(seq, conversation.last_seq)
      setState(putConversation(held.state, moveReadPointer(conversation, read_seq, held.state.me)))
      void reads.tell(id)
    },
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
