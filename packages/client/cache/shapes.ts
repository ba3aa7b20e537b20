/**
 * Whether a record that was read has the shape that is written: only that, and cheaply. A disk may hold anything, and
 * what another version wrote; what a value means was checked on the wire.
 */
import type { ContactRow, GroupRequestRow, GroupRow, Me, MessageRow, Person, SettingsRow } from '@rookery/protocol'
import type { Arrangement, Told } from '../state.ts'
import type { SavedConversation, SavedDevice, SavedPending } from './cache.ts'

type Check = (value: unknown) => boolean
/** Every field is there: one that is added to a type without its check does not compile. */
type Checks<Shape> = { readonly [Key in keyof Shape]-?: Check }

const isInteger: Check = (value) => Number.isSafeInteger(value)
const isString: Check = (value) => typeof value === 'string'
const isBoolean: Check = (value) => typeof value === 'boolean'
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

const messageRow: Checks<MessageRow> = {
  conversation: isInteger,
  seq: isInteger,
  rev: isInteger,
  id: isString,
  sender: isInteger,
  at: isInteger,
  body: isBody,
  edited_at: optional(isInteger),
  reactions: optional(listOf((value) => isRecord(value) && isString(value.emoji) && listOf(isInteger)(value.numbers))),
}

const contact: Checks<ContactRow> = {
  peer: isInteger,
  name: isString,
  signature: isString,
  avatar: isString,
  state: isString,
  greeting: isString,
  at: isInteger,
  remark: isString,
  group: isString,
  blocked: isBoolean,
  hidden: isBoolean,
  rev: isInteger,
}

const request: Checks<GroupRequestRow> = {
  conversation: isInteger,
  group: isString,
  number: isInteger,
  name: isString,
  greeting: isString,
  state: isString,
  at: isInteger,
  rev: isInteger,
}

const person: Checks<Person> = { number: isInteger, name: isString, signature: isString, avatar: isString }

const group: Checks<GroupRow> = {
  conversation: isInteger,
  owner: isInteger,
  members: isInteger,
  dissolved: isBoolean,
  version: isInteger,
  name: isString,
  notice: isString,
  history: isString,
  joining: isString,
  inviting: isString,
  listed: isBoolean,
  silenced: isBoolean,
}

const told: Checks<Told> = { pinned_at: isInteger, muted: isBoolean, marked: isBoolean, draft: isString }

const untold: Checks<Arrangement> = {
  pinned: optional(isBoolean),
  muted: optional(isBoolean),
  marked: optional(isBoolean),
  draft: optional(isString),
}

/** What conversations of all kinds have. */
const conversation: Checks<SavedConversation> = {
  kind: isString,
  id: isInteger,
  peer: isInteger,
  name: isString,
  avatar: isString,
  writable: isBoolean,
  from_seq: isInteger,
  pinned_at: isInteger,
  muted: isBoolean,
  marked: isBoolean,
  draft: isString,
  told: (value) => has(value, told),
  untold: (value) => has(value, untold),
  own_rev: isInteger,
  last_seq: isInteger,
  rev: isInteger,
  compared: isString,
  read_seq: isInteger,
  told_read_seq: isInteger,
  unread: isInteger,
  mentioned: isInteger,
  peer_read_seq: isInteger,
  newest: orNull(isMessageRow),
}

const ofGroup: Checks<Omit<Extract<SavedConversation, { kind: 'group' }>, keyof SavedConversation>> = {
  group: orNull((value) => has(value, group)),
  role: isString,
  nickname: isString,
  silenced_until: isInteger,
}

const me: Checks<Me> = { number: isInteger, name: isString, role: isString }

const settings: Checks<SettingsRow> = {
  name: isString,
  signature: isString,
  avatar: isString,
  status: isString,
  contact_groups: listOf(isString),
  rev: isInteger,
}

const device: Checks<SavedDevice> = {
  me: (value) => has(value, me),
  settings: orNull((value) => has(value, settings)),
  epoch: isString,
  rev: isInteger,
  cursor: isString,
  synced: isBoolean,
}

/** Nobody has these a second time: a field that is added may be missing in what an earlier version wrote. */
const pending: Checks<SavedPending> = {
  id: isString,
  conversation: isInteger,
  peer: isInteger,
  epoch: optional(isString),
  at: isInteger,
  body: isBody,
  preview: optional(isBody),
  state: isPendingState,
}

export function isMessageRow(value: unknown): value is MessageRow {
  return has(value, messageRow)
}

export function isContact(value: unknown): value is ContactRow {
  return has(value, contact)
}

export function isRequest(value: unknown): value is GroupRequestRow {
  return has(value, request)
}

export function isPerson(value: unknown): value is Person {
  return has(value, person)
}

export function isConversation(value: unknown): value is SavedConversation {
  return has(value, conversation) && (isKind(value, 'direct') || (isKind(value, 'group') && has(value, ofGroup)))
}

export function isDevice(value: unknown): value is SavedDevice {
  return has(value, device)
}

export function isPending(value: unknown): value is SavedPending {
  return has(value, pending)
}

/** Kinds that this version does not know are the screens' business. */
function isBody(value: unknown): boolean {
  if (!isRecord(value)) return false
  switch (value.kind) {
    case 'text':
      return isString(value.text)
    case 'merged':
      return isString(value.title) && Array.isArray(value.items)
    case 'forward':
      return isInteger(value.from) && listOf(isInteger)(value.seqs)
    default:
      return isString(value.kind)
  }
}

function isPendingState(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (value.kind === 'sent') return isInteger(value.seq)
  return value.kind === 'sending' || (value.kind === 'failed' && isString(value.code))
}

function has(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  return isRecord(value) && Object.entries(checks).every(([key, check]) => check(value[key]))
}

function isKind(value: unknown, kind: string): boolean {
  return isRecord(value) && value.kind === kind
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
