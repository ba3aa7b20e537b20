/** What the contract's cases are made of: an empty store, and people in it. */
import { afterAll, beforeAll } from 'bun:test'
import type { Body, ContactState, MessageRow, Result } from '@rookery/protocol'
import { contentOf } from '../../core/content.ts'
import type { NewMessage } from '../../core/log-ports.ts'
import type { RowChange } from '../../core/own-row-ports.ts'
import type { NewAccount, Store } from '../../core/ports.ts'

export interface OpenedStore {
  readonly store: Store
  /** Closes it and opens what it left behind. */
  reopen(): Promise<Store>
}

export type OpenStore = () => Promise<OpenedStore>

/** One store for all cases of a subject; each makes people of its own. */
export function useStore(open: OpenStore): () => Store {
  let store: Store
  beforeAll(async () => {
    store = (await open()).store
  })
  afterAll(() => store.close())
  return () => store
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`Refused: ${result.code}`)
  return result.value
}

export const at = 1_700_000_000_000

let people = 0

/** An account as `accounts.create` takes it, under a name that nobody else has. */
export function newAccount(given: Partial<NewAccount> = {}): NewAccount {
  people += 1
  const name = `person ${people}`
  const unnamed = { number: null, password_hash: 'hash', role: 'member', at, ticket: null } as const
  return { ...unnamed, name, folded_name: name, handle: name, ...given }
}

export async function makeAccount(store: Store, given: Partial<NewAccount> = {}): Promise<number> {
  return valueOf(await store.accounts.create(newAccount(given))).number
}

let hashes = 0

/** A hash that nothing else has. */
export function makeHash(): Uint8Array {
  hashes += 1
  const hash = new Uint8Array(32)
  new DataView(hash.buffer).setUint32(0, hashes)
  return hash
}

/** A session of somebody whose password hash is `hash`; its id. */
export async function makeSession(store: Store, number: number, hash = makeHash()): Promise<string> {
  const session = crypto.randomUUID()
  valueOf(
    await store.sessions.create({
      session,
      hash,
      number,
      password_hash: 'hash',
      device: 'a device',
      legacy: false,
      at,
    }),
  )
  return session
}

export function contactChange(owner: number, peer: number, state: ContactState, expect: number): RowChange {
  return { row: 'contact', owner, peer, set: { state, at }, expect }
}

export function rightChange(owner: number, conversation: number, writable: boolean, expect: number): RowChange {
  return { row: 'membership', owner, conversation, set: { writable }, expect }
}

/** The conversation of two people who may both write in it. */
export async function makeConversation(store: Store, one: number, other: number): Promise<number> {
  const { conversation } = valueOf(await store.conversations.openDirect({ one, other }))
  const changed = await store.contacts.change([
    rightChange(one, conversation, true, 0),
    rightChange(other, conversation, true, 0),
  ])
  if (valueOf(changed) === 'stale') throw new Error('A new membership was stale.')
  return conversation
}

/** Takes or gives back the right to write of one member. */
export async function setWritable(store: Store, owner: number, conversation: number, may: boolean): Promise<void> {
  const row = await store.conversations.membership(owner, conversation)
  const changed = await store.contacts.change([rightChange(owner, conversation, may, row?.rev ?? 0)])
  if (valueOf(changed) === 'stale') throw new Error('The membership moved meanwhile.')
}

export interface Pair {
  readonly one: number
  readonly other: number
  readonly conversation: number
}

export async function makePair(store: Store): Promise<Pair> {
  const one = await makeAccount(store)
  const other = await makeAccount(store)
  return { one, other, conversation: await makeConversation(store, one, other) }
}

/** A text, or any body, with what follows from it. */
export function newMessage(
  conversation: number,
  sender: number,
  said: string | Body,
  id: string = crypto.randomUUID(),
): NewMessage {
  const body: Body = typeof said === 'string' ? { kind: 'text', text: said } : said
  return { conversation, sender, id, at, ...contentOf(body) }
}

/** What a text says; nothing for what is none. */
export function textOf({ body }: Pick<MessageRow, 'body'>): string {
  return body.kind === 'text' ? body.text : ''
}

/** Texts `from` to `to`, sent one after the other. */
export async function say(store: Store, { conversation, one }: Pair, from: number, to: number): Promise<void> {
  for (let index = from; index <= to; index += 1)
    valueOf(await store.messages.append(newMessage(conversation, one, `text ${index}`)))
}
