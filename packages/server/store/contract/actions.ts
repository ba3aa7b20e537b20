/** What people do in the contract's cases: change messages, make groups, come in and go out. */
import type { Body, GroupRole, MembershipRow, MessageRow, SettingsRow } from '@rookery/protocol'
import { contentOf } from '../../core/content.ts'
import type { GroupChange, GroupChanged } from '../../core/group-ports.ts'
import type { MessageChange } from '../../core/log-ports.ts'
import type { MembershipFields, RowChange } from '../../core/own-row-ports.ts'
import type { Store } from '../../core/ports.ts'
import { at, makeAccount, newMessage, valueOf } from './people.ts'

/** Of whoever changes a message: what their right to it rests on, as it is now. */
export async function standingOf(store: Store, conversation: number, number: number): Promise<MessageChange['member']> {
  const membership = await store.conversations.membership(number, conversation)
  const group = await store.groups.find(conversation)
  return { number, rev: membership?.rev ?? 0, version: group?.version ?? null }
}

export async function readOne(store: Store, conversation: number, seq: number): Promise<MessageRow> {
  const [row] = await store.messages.get(conversation, [seq])
  if (!row) throw new Error(`There is no message ${seq}.`)
  return row
}

/** A change by whoever wrote the message, who sees it as it is. */
export async function changeMessage(
  store: Store,
  conversation: number,
  seq: number,
  what: Pick<MessageChange, 'edited_at' | 'reactions'> & { readonly body?: Body },
): Promise<MessageRow> {
  const { sender, rev: expect } = await readOne(store, conversation, seq)
  const { body, ...rest } = what
  const member = await standingOf(store, conversation, sender)
  const content = body && { content: contentOf(body) }
  const changed = valueOf(await store.messages.change({ conversation, seq, expect, member, ...content, ...rest }))
  if (changed === 'stale') throw new Error('The message moved meanwhile.')
  return changed.row
}

export const edit = (store: Store, conversation: number, seq: number, text: string) =>
  changeMessage(store, conversation, seq, { body: { kind: 'text', text }, edited_at: at + 1 })

export async function recall(store: Store, conversation: number, seq: number): Promise<MessageRow> {
  const { sender: by } = await readOne(store, conversation, seq)
  return changeMessage(store, conversation, seq, { body: { kind: 'recalled', by }, reactions: [] })
}

export async function sayTo(store: Store, conversation: number, sender: number, said: string | Body): Promise<number> {
  return valueOf(await store.messages.append(newMessage(conversation, sender, said))).seq
}

/** A change of somebody's membership, on top of what it is now. */
export async function membershipChange(
  store: Store,
  owner: number,
  conversation: number,
  set: Partial<MembershipFields>,
): Promise<RowChange> {
  const row = await store.conversations.membership(owner, conversation)
  return { row: 'membership', owner, conversation, set, expect: row?.rev ?? 0 }
}

/** A change of a group as it is now. */
export async function changeGroup(
  store: Store,
  conversation: number,
  change: Partial<Pick<GroupChange, 'set' | 'rows' | 'event'>>,
): Promise<GroupChanged> {
  const expect = (await store.groups.find(conversation))?.version ?? 0
  const changed = valueOf(
    await store.groups.change({ conversation, expect, set: {}, rows: [], event: null, ...change }),
  )
  if (changed === 'stale') throw new Error('The group moved meanwhile.')
  return changed
}

/** What happened, as a message of whoever did it. */
export function newEvent(sender: number, body: Body): NonNullable<GroupChange['event']> {
  const { conversation: _, ...event } = newMessage(0, sender, body)
  return event
}

export async function comeIn(
  store: Store,
  conversation: number,
  numbers: readonly number[],
  given: { readonly role?: GroupRole; readonly joins?: MembershipFields['joins'] } = {},
): Promise<GroupChanged> {
  const set = { writable: true, left: false, role: 'member', joins: 'without_history', ...given } as const
  const rows = await Promise.all(numbers.map((number) => membershipChange(store, number, conversation, set)))
  return changeGroup(store, conversation, { rows })
}

export async function goOut(store: Store, conversation: number, number: number): Promise<GroupChanged> {
  const set = { writable: false, left: true, role: 'member' } as const
  return changeGroup(store, conversation, { rows: [await membershipChange(store, number, conversation, set)] })
}

export interface Group {
  readonly conversation: number
  readonly owner: number
  readonly members: readonly number[]
}

/** A group of an owner and so many others. */
export async function makeGroup(store: Store, others = 2, name = 'a group'): Promise<Group> {
  const owner = await makeAccount(store)
  const members: number[] = []
  for (let count = 0; count < others; count += 1) members.push(await makeAccount(store))
  const { conversation } = valueOf(await store.groups.create({ name, folded_name: name, owner }))
  await comeIn(store, conversation, [owner], { role: 'owner' })
  await comeIn(store, conversation, members)
  return { conversation, owner, members }
}

export async function membershipOf(store: Store, number: number, conversation: number): Promise<MembershipRow> {
  const row = await store.conversations.membership(number, conversation)
  if (!row) throw new Error(`${number} is not in ${conversation}.`)
  return row
}

export async function setSettings(
  store: Store,
  owner: number,
  set: Partial<Pick<SettingsRow, 'status' | 'contact_groups'>>,
): Promise<SettingsRow> {
  const { rev: expect } = await store.contacts.settings(owner)
  valueOf(await store.contacts.change([{ row: 'settings', owner, set, expect }]))
  return store.contacts.settings(owner)
}
