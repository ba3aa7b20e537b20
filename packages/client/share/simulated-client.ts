/** A stand-in for the real client, and for the server and the cache behind it, for tests. */
import { refuse, type Answer, type Body, type MessageRow, type OperationName, type Sendable } from '@rookery/protocol'
import { newConversation } from '../held.ts'
import {
  initialState,
  type ClientState,
  type Conversation,
  type DirectConversation,
  type PendingMessage,
} from '../state.ts'
import type { HostedClient } from './hosted-client.ts'
import type { Realm } from './simulation.ts'

export const me = { number: 10_001, name: 'one', role: 'member' } as const
export const chat = 7

export function makeRow(seq: number, id = `row ${seq}`, text = `text ${seq}`): MessageRow {
  return { conversation: chat, seq, rev: seq, id, sender: 10_002, at: seq, body: { kind: 'text', text } }
}

export function makeConversation(given: Partial<DirectConversation> = {}): DirectConversation {
  return { ...newConversation(chat), peer: 10_002, name: 'two', writable: true, own_rev: 1, ...given }
}

/** What a text says. */
export function textOf(body: Body | Sendable): string {
  return body.kind === 'text' ? body.text : body.kind
}

export interface SimulatedClient extends HostedClient {
  readonly realm: Realm
  readonly log: string[]
  isOpen(): boolean
  /** Something changed. */
  set(change: (state: ClientState) => ClientState): void
}

export interface Backstage {
  /** All clients that were ever opened, oldest first. */
  readonly clients: SimulatedClient[]
  /** Ids, as often as the server was told of them. */
  readonly arrived: string[]
  rows: MessageRow[]
  /** No answers, and no connection, from now on. */
  isCut: boolean
  open(realm: Realm): HostedClient
  /** Nothing that clients kept was written down. */
  forget(): void
}

/** @param delay milliseconds until a client has read its cache, and until the server has answered. */
export function createBackstage(delay = 20): Backstage {
  let kept: readonly PendingMessage[] = []
  const forget = () => {
    kept = []
  }
  const backstage: Backstage = { clients: [], arrived: [], rows: [], isCut: false, open, forget }

  function open(realm: Realm): HostedClient {
    const { after, now } = realm.surroundings
    const listeners = new Set<() => void>()
    const log: string[] = []
    let isOpen = true
    let state = initialState

    function set(change: (before: ClientState) => ClientState): void {
      if (!isOpen) return
      state = change(state)
      for (const listener of listeners) listener()
    }

    function setChat(change: (before: Conversation) => Conversation): void {
      set((before) => {
        const old = before.conversations.get(chat)
        return old ? { ...before, conversations: new Map(before.conversations).set(chat, change(old)) } : before
      })
    }

    function show(): void {
      const messages = backstage.rows
      setChat((old) => ({
        ...old,
        messages,
        last_seq: messages.length,
        pending: kept.filter(({ id }) => !messages.some((row) => row.id === id)),
      }))
    }

    function deliver(id: string, text: string): void {
      if (!isOpen || backstage.isCut) return
      backstage.arrived.push(id)
      if (!backstage.rows.some((row) => row.id === id))
        backstage.rows = [...backstage.rows, makeRow(backstage.rows.length + 1, id, text)]
      show()
    }

    after(delay, () => {
      set((before) => ({
        ...before,
        me,
        synced: true,
        connection: { kind: 'online' },
        conversations: new Map([[chat, makeConversation()]]),
      }))
      show()
      for (const { id, body } of kept) after(delay, () => deliver(id, textOf(body)))
    })

    function note(line: string): Promise<true> {
      log.push(line)
      return Promise.resolve(true)
    }

    const client: SimulatedClient = {
      realm,
      log,
      set,
      isOpen: () => isOpen,
      state: () => state,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      call<Name extends OperationName>(name: Name) {
        log.push(`call ${name}`)
        return new Promise<Answer<Name>>((resolve) => {
          after(delay, () => {
            if (!backstage.isCut) resolve(isOpen ? ({ ok: true, value: {} } as Answer<Name>) : refuse('unreachable'))
          })
        })
      },
      send: () => 'never used by a host',
      sendAs(conversation, id, body) {
        log.push(`send ${textOf(body)}`)
        if (kept.some((message) => message.id === id)) return
        kept = [...kept, { id, at: now(), body, state: { kind: 'sending' } }]
        show()
        after(delay, () => deliver(id, textOf(body)))
      },
      retry: (_, id) => void log.push(`retry ${id}`),
      discard: (_, id) => void log.push(`discard ${id}`),
      edit: (conversation, seq, text) => client.call('messages.edit', { conversation, seq, text }),
      recall: (conversation, seq) => client.call('messages.recall', { conversation, seq }),
      react: (conversation, seq, emoji, on) => client.call('messages.react', { conversation, seq, emoji, on }),
      loadOlder: (conversation) => note(`older ${conversation}`),
      loadNewer: (conversation) => note(`newer ${conversation}`),
      loadAround: (conversation, seq) => note(`around ${conversation} ${seq}`),
      leaveAround: (conversation) => void note(`leave around ${conversation}`),
      quoted: (conversation, seq) => void note(`quoted ${conversation} ${seq}`),
      arrange: (conversation, change) => void note(`arrange ${conversation} ${JSON.stringify(change)}`),
      know: (numbers, conversation) => void note(`know ${numbers.join(' ')} in ${conversation}`),
      members: (conversation) => note(`members ${conversation}`),
      leaveMembers: (conversation) => void note(`leave members ${conversation}`),
      look: (conversations) => void log.push(`look ${[...conversations].sort((a, b) => a - b).join(' ')}`),
      rest: (resting) => void log.push(`rest ${resting}`),
      typing: (conversation) => void log.push(`typing ${conversation}`),
      read(_, seq) {
        log.push(`read ${seq}`)
        setChat((old) => ({ ...old, read_seq: Math.max(old.read_seq, seq) }))
      },
      wake: () => void log.push('wake'),
      close() {
        set((before) => ({ ...before, connection: { kind: 'ended', reason: 'closed' } }))
        isOpen = false
      },
    }
    backstage.clients.push(client)
    return client
  }

  return backstage
}
