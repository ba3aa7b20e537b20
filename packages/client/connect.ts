/** Joins the connection, the outbox and what is held into one client. */
import { errors, type Answer, type Me, type Push } from '@rookery/protocol'
import {
  applyMessage,
  applyOlder,
  applyOwnRows,
  applyRead,
  applySync,
  firstSeq,
  moveReadPointer,
  nothingHeld,
  putPending,
  type Held,
} from './apply.ts'
import type { Client } from './client.ts'
import { openConnection } from './connection.ts'
import { createOutbox } from './outbox.ts'
import type { ClientState } from './state.ts'
import { makeMessageId } from './uuid.ts'

export interface ClientOptions {
  /** Where the server is: `http://host:port`. */
  readonly url: string
  /** The session's token. Without one, the browser's cookie speaks for the session. */
  readonly token?: string
  /** When to tell listeners of changes: once per animation frame in a browser. Default: in the next microtask. */
  readonly schedule?: (emit: () => void) => void
}

/** How often heads are compared though nothing seems to be missing, in milliseconds. */
const compareEvery = 45_000

/** Before comparing again where the server could not just now. */
const comparePause = 2_000

/** Chats whose watermarks are asked for again after a reconnect: those opened last. */
const openedMost = 4

export function connect({ url, token, schedule = queueMicrotask }: ClientOptions): Client {
  const listeners = new Set<() => void>()
  let held: Held = nothingHeld
  let scheduled = false
  const unsentReads = new Map<number, number>()
  let opened: readonly number[] = []
  let comparing = false
  let askedAgain = false

  function set(next: Held): void {
    if (next.state === held.state && next.rev === held.rev && next.epoch === held.epoch) return
    held = next
    if (scheduled) return
    scheduled = true
    schedule(emit)
  }

  function emit(): void {
    scheduled = false
    for (const listener of listeners) listener()
  }

  const setState = (state: ClientState) => set({ ...held, state })

  const connection = openConnection(url, token, {
    onState: (state) => setState({ ...held.state, connection: state }),
    onOpen: (me) => void start(me),
    onPush: receive,
  })
  const { call } = connection
  const timer = setInterval(() => void compare(), compareEvery)

  const outbox = createOutbox(call, {
    pending: (conversation) => held.state.conversations.get(conversation)?.pending ?? [],
    setPending: (conversation, pending) => setState(putPending(held.state, conversation, pending)),
    onSent(conversation, { id, body }, sent) {
      const sender = held.state.me?.number
      if (sender === undefined) throw new Error('Something was sent by nobody.')
      accept(applyMessage(held.state, { conversation, id, body, sender, ...sent }))
    },
  })

  async function start(me: Me): Promise<void> {
    if (held.state.me && held.state.me.number !== me.number) forgetEverything()
    setState({ ...held.state, me })
    await Promise.all(Array.from(unsentReads.keys(), sendRead))
    await compare()
    for (const [id, { pending }] of held.state.conversations) if (pending.length > 0) outbox.flush(id)
    for (const id of opened) void askReaders(id)
    const presence = await call('presence.list', {})
    if (presence.ok) setState({ ...held.state, online: new Set(presence.value.online) })
  }

  /** The browser's cookie is another user's now: nothing of the one before may be shown, or sent in another's name. */
  function forgetEverything(): void {
    unsentReads.clear()
    opened = []
    set({ ...nothingHeld, state: { ...nothingHeld.state, connection: held.state.connection } })
  }

  /** A pointer that the server has not heard of yet is told again after a reconnect. */
  async function sendRead(id: number): Promise<void> {
    const seq = unsentReads.get(id)
    if (seq === undefined) return
    const answer = await call('conversations.read', { conversation: id, seq })
    const isSent = answer.ok || errors[answer.code].retry === 'no'
    if (isSent && unsentReads.get(id) === seq) unsentReads.delete(id)
    if (held.state.conversations.get(id)?.rev === 0) await compare()
  }

  async function askReaders(conversation: number): Promise<void> {
    const answer = await call('conversations.open', { conversation })
    if (!answer.ok) return
    const others = answer.value.readers.filter(({ number }) => number !== held.state.me?.number)
    setState(others.reduce((state, { read_seq }) => applyRead(state, conversation, read_seq), held.state))
  }

  /** Rows that came by themselves: applied if they are the next ones, else all that is missing is asked for. */
  function accept(state: ClientState | null): void {
    if (state) setState(state)
    else void compare()
  }

  function receive(push: Push): void {
    switch (push.push) {
      case 'message':
        return accept(applyMessage(held.state, push.row))
      case 'mine': {
        const next = applyOwnRows(held, push.contacts, push.memberships)
        return next ? set(next) : void compare()
      }
      case 'read':
        return setState(applyRead(held.state, push.conversation, push.read_seq))
      case 'presence': {
        const online = new Set(held.state.online)
        if (push.online) online.add(push.number)
        else online.delete(push.number)
        return setState({ ...held.state, online })
      }
    }
  }

  /** Asks for the difference until there is none. Whatever asks meanwhile is served by one more round. */
  async function compare(): Promise<void> {
    askedAgain = true
    if (comparing) return
    comparing = true
    while (askedAgain) {
      askedAgain = false
      if (!(await pull())) break
    }
    comparing = false
  }

  async function pull(): Promise<boolean> {
    for (;;) {
      const { epoch, rev, state } = held
      const heads = Array.from(state.conversations.values(), ({ id, rev: headRev }): [number, number] => [id, headRev])
      const answer: Answer<'sync'> = await call('sync', { epoch, rev, heads })
      if (!answer.ok) {
        if (answer.code !== 'unreachable') setTimeout(() => void compare(), answer.retry_after_ms ?? comparePause)
        return false
      }
      set(applySync(held, answer.value))
      if (!answer.value.more) return true
    }
  }

  return {
    state: () => held.state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    call,
    send(conversation, text) {
      const id = makeMessageId()
      outbox.add(conversation, { id, at: Date.now(), body: { kind: 'text', text }, state: { kind: 'sending' } })
      return id
    },
    retry: outbox.retry,
    discard: outbox.discard,
    async loadOlder(id) {
      const conversation = held.state.conversations.get(id)
      if (!conversation || firstSeq(conversation) <= 1) return false
      const page = await call('messages.page', { conversation: id, before: firstSeq(conversation) })
      if (page.ok) setState(applyOlder(held.state, id, page.value.messages))
      const now = held.state.conversations.get(id)
      return now !== undefined && firstSeq(now) > 1
    },
    open(conversation) {
      opened = [conversation, ...opened.filter((id) => id !== conversation)].slice(0, openedMost)
      return askReaders(conversation)
    },
    read(id, seq) {
      const conversation = held.state.conversations.get(id)
      if (!conversation || seq <= conversation.read_seq) return
      const read_seq = Math.min(seq, conversation.last_seq)
      const moved = moveReadPointer(conversation, read_seq, held.state)
      setState({ ...held.state, conversations: new Map(held.state.conversations).set(id, moved) })
      unsentReads.set(id, read_seq)
      void sendRead(id)
    },
    close() {
      clearInterval(timer)
      connection.close()
    },
  }
}
