/**
 * Whether a record that was read has the shape that is written: only that, and cheaply. A disk may hold anything, and
 * what another version wrote; what a value means was checked on the wire.
 */
import type { ContactRow, Me, MessageRow } from '@rookery/protocol'
import type { SavedConversation, SavedDevice, SavedPending } from './cache.ts'

type Check = (value: unknown) => boolean
/** Every field is there: one that is added to a type without its check does not compile. */
type Checks<Shape> = { readonly [Key in keyof Shape]-?: Check }

const isInteger: Check = (value) => Number.isSafeInteger(value)
const isString: Check = (value) => typeof value === 'string'
const isBoolean: Check = (value) => typeof value === 'boolean'

const messageRow: Checks<MessageRow> = {
  conversation: isInteger,
  seq: isInteger,
  rev: isInteger,
  id: isString,
  sender: isInteger,
  at: isInteger,
  body: isBody,
}

const contact: Checks<ContactRow> = {
  peer: isInteger,
  name: isString,
  state: isString,
  greeting: isString,
  at: isInteger,
  rev: isInteger,
}

const conversation: Checks<SavedConversation> = {
  id: isInteger,
  peer: isInteger,
  name: isString,
  writable: isBoolean,
  own_rev: isInteger,
  last_seq: isInteger,
  rev: isInteger,
  compared: isString,
  read_seq: isInteger,
  told_read_seq: isInteger,
  unread: isInteger,
  peer_read_seq: isInteger,
  newest: (value) => value === null || isMessageRow(value),
}

const me: Checks<Me> = { number: isInteger, name: isString, role: isString }

const device: Checks<SavedDevice> = {
  me: (value) => has(value, me),
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
  at: isInteger,
  body: isBody,
  state: isPendingState,
}

export function isMessageRow(value: unknown): value is MessageRow {
  return has(value, messageRow)
}

export function isContact(value: unknown): value is ContactRow {
  return has(value, contact)
}

export function isConversation(value: unknown): value is SavedConversation {
  return has(value, conversation)
}

export function isDevice(value: unknown): value is SavedDevice {
  return has(value, device)
}

export function isPending(value: unknown): value is SavedPending {
  return has(value, pending)
}

/** Kinds that this version does not know are the screens' business. */
function isBody(value: unknown): boolean {
  return isRecord(value) && isString(value.kind) && (value.kind !== 'text' || isString(value.text))
}

function isPendingState(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (value.kind === 'sent') return isInteger(value.seq)
  return value.kind === 'sending' || (value.kind === 'failed' && isString(value.code))
}

function has(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  return isRecord(value) && Object.entries(checks).every(([key, check]) => check(value[key]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
