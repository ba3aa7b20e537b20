/** The rows that devices keep in step. A stored row is a wire row; a push carries the same rows as `sync`. */
import { z } from 'zod'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'

/** What people show of themselves. */
const profile = {
  name: z.string(),
  signature: z.string(),
  /** The name of the picture, which `GET /avatars/<name>` answers; empty where there is none. */
  avatar: z.string(),
}

export const person = () => z.object({ number: field.number, ...profile })
export type Person = z.infer<ReturnType<typeof person>>

/** Where a text came from that was forwarded: who wrote it, as they were called then. */
export const origin = () => z.object({ number: field.number, name: z.string() })
export type Origin = z.infer<ReturnType<typeof origin>>

/** One of several messages that were forwarded as one. */
export const mergedItem = () => origin().extend({ at: field.time, text: z.string() })
export type MergedItem = z.infer<ReturnType<typeof mergedItem>>

/** What happened in a group, told as a message of whoever did it. `people` are those that it happened to. */
export const groupEvent = z.enum([
  'created',
  'joined',
  'invited',
  'left',
  'removed',
  'promoted',
  'demoted',
  'handed_over',
  'renamed',
  'noticed',
  'configured',
  'muted',
  'unmuted',
  'dissolved',
])
export type GroupEvent = z.infer<typeof groupEvent>

const text = {
  kind: z.literal('text'),
  text: field.text,
  /** The message of this conversation that it answers. */
  reply_to: field.seq.optional(),
  /** Members that are to look. */
  mentions: z.array(field.number).min(1).max(LIMITS.mentions).optional(),
  /** All members are to look. */
  mentions_all: z.literal(true).optional(),
}
const shake = z.strictObject({ kind: z.literal('shake') })

/** What can be sent. A new kind is a new member here. */
export const sendable = z.discriminatedUnion('kind', [
  z.strictObject(text),
  shake,
  z.strictObject({
    kind: z.literal('forward'),
    from: field.conversation,
    seqs: z.array(field.seq).min(1).max(LIMITS.forwarded),
    /** All of them in one message; without it there may be only one. */
    merged: z.boolean().default(false),
  }),
])
export type Sendable = z.infer<typeof sendable>

/** What a message says, as it is stored. `recalled` is what remains of one that was taken back. */
export const body = () =>
  z.discriminatedUnion('kind', [
    z.object({ ...text, forwarded: origin().optional() }),
    shake,
    z.object({ kind: z.literal('merged'), title: z.string(), items: z.array(mergedItem()) }),
    z.object({
      kind: z.literal('event'),
      event: groupEvent,
      people: z.array(origin()).optional(),
      /** The new name or notice. */
      text: z.string().optional(),
    }),
    z.object({ kind: z.literal('recalled'), by: field.number }),
  ])
export type Body = z.infer<ReturnType<typeof body>>

export const reaction = () => z.object({ emoji: z.string(), numbers: z.array(field.number) })
export type Reaction = z.infer<ReturnType<typeof reaction>>

/** One message: `seq` is its place in the conversation for ever, `rev` its latest change. */
export const messageRow = () =>
  z.object({
    conversation: field.conversation,
    seq: field.seq,
    rev: field.rev,
    id: field.messageId,
    sender: field.number,
    at: field.time,
    body: body(),
    edited_at: field.time.optional(),
    /** In the order in which each emoji was first used. */
    reactions: z.array(reaction()).optional(),
  })
export type MessageRow = z.infer<ReturnType<typeof messageRow>>

/** How two people stand to each other, seen from one side. `none` is what remains of a deleted contact. */
export const contactState = z.enum(['friend', 'outgoing', 'incoming', 'none'])
export type ContactState = z.infer<typeof contactState>

/** One person in somebody's contact list; `rev` counts in that somebody's own revisions. */
export const contactRow = () =>
  z.object({
    peer: field.number,
    ...profile,
    state: contactState,
    greeting: z.string(),
    at: field.time,
    /** What the owner calls them; empty for their own name. */
    remark: z.string(),
    /** The contact group that the owner has put them in; empty for the first one. */
    group: z.string(),
    /** They can neither write nor ask, and see nothing. */
    blocked: z.boolean(),
    /** They see the owner as offline. */
    hidden: z.boolean(),
    rev: field.rev,
  })
export type ContactRow = z.infer<ReturnType<typeof contactRow>>

export const groupRole = z.enum(['owner', 'admin', 'member'])
export type GroupRole = z.infer<typeof groupRole>

const membership = {
  conversation: field.conversation,
  writable: z.boolean(),
  /** Messages up to this one are not for this member: they came before. */
  from_seq: field.seq,
  read_seq: field.seq,
  /** When it was pinned, in milliseconds since 1970; 0 where it is not. */
  pinned_at: field.time,
  /** No notices, and a grey badge. */
  muted: z.boolean(),
  /** Marked as unread by hand. */
  marked: z.boolean(),
  /** What is written and not sent, on all devices. */
  draft: z.string(),
  rev: field.rev,
}

/** One conversation that somebody is in, as far as it is theirs alone; `rev` counts in their own revisions. */
export const membershipRow = () =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('direct'), ...membership, peer: field.number, name: z.string(), avatar: z.string() }),
    z.object({
      kind: z.literal('group'),
      ...membership,
      role: groupRole,
      nickname: z.string(),
      /** May not write until then. */
      silenced_until: field.time,
      /** What remains of somebody's membership who is no longer in it. */
      left: z.boolean(),
    }),
  ])
export type MembershipRow = z.infer<ReturnType<typeof membershipRow>>

/** Whether newcomers see what was said before. */
export const groupHistory = z.enum(['all', 'since_joining'])
/** How people come in who were not invited. */
export const groupJoining = z.enum(['closed', 'request', 'open'])

/** How a group is run. */
export const groupSettings = z.object({
  name: z.string(),
  notice: z.string(),
  history: groupHistory,
  joining: groupJoining,
  /** Who may bring people in. */
  inviting: z.enum(['admins', 'members']),
  /** Whether it is found by its name. */
  listed: z.boolean(),
  /** Only the owner and the admins may write. */
  silenced: z.boolean(),
})
export type GroupSettings = z.infer<typeof groupSettings>

/** A group as its members see it. It comes with every message that changes it, and with `sync`. */
export const groupRow = () =>
  groupSettings.extend({
    conversation: field.conversation,
    owner: field.number,
    members: z.int().nonnegative(),
    dissolved: z.boolean(),
    /** Counts the changes of this row; the greater is the newer. */
    version: z.int().nonnegative(),
  })
export type GroupRow = z.infer<ReturnType<typeof groupRow>>

/** A group as somebody sees it who is not in it. */
export const foundGroup = () => groupRow().pick({ conversation: true, name: true, members: true, joining: true })
export type FoundGroup = z.infer<ReturnType<typeof foundGroup>>

export const memberRow = () =>
  z.object({
    number: field.number,
    name: z.string(),
    avatar: z.string(),
    nickname: z.string(),
    role: groupRole,
    silenced_until: field.time,
  })
export type MemberRow = z.infer<ReturnType<typeof memberRow>>

/** Somebody who asks to come into a group: a row of theirs, and of each of its admins. */
export const groupRequestRow = () =>
  z.object({
    conversation: field.conversation,
    group: z.string(),
    number: field.number,
    name: z.string(),
    greeting: z.string(),
    /** `closed`: no longer for its owner to answer, or for anybody. */
    state: z.enum(['waiting', 'accepted', 'refused', 'closed']),
    at: field.time,
    rev: field.rev,
  })
export type GroupRequestRow = z.infer<ReturnType<typeof groupRequestRow>>

export const status = z.enum(['online', 'away', 'busy', 'invisible'])
export type Status = z.infer<typeof status>

/** How somebody appears to others: who is invisible, or hides from them, is offline. */
export const appearance = z.enum(['online', 'away', 'busy', 'offline'])
export type Appearance = z.infer<typeof appearance>

/** What one has set up for oneself, on all devices: one row. */
export const settingsRow = () =>
  z.object({
    ...profile,
    status,
    /** In the order of the list; the first one, which has no name, is not among them. */
    contact_groups: z.array(z.string()),
    rev: field.rev,
  })
export type SettingsRow = z.infer<ReturnType<typeof settingsRow>>

/** The rows that are somebody's alone. `settings` has one row, or none where it has not changed. */
export const ownRows = () =>
  z.object({
    contacts: z.array(contactRow()),
    memberships: z.array(membershipRow()),
    requests: z.array(groupRequestRow()),
    settings: z.array(settingsRow()),
  })
export type OwnRows = z.infer<ReturnType<typeof ownRows>>

/** The newest of one conversation, compared to tell whether anything is missing. */
export const head = () =>
  z.object({
    conversation: field.conversation,
    last_seq: field.seq,
    rev: field.rev,
  })
export type Head = z.infer<ReturnType<typeof head>>

/**
 * A head with what a device lacks: messages in order of `seq`, and the count of unread ones. All that changed since the
 * cursor, or the rev that the device told, is there, but for new messages older than the newest ones here: what is
 * missing between them and what the device holds is a hole, to be filled when somebody looks at it.
 */
export const changedConversation = () =>
  head().extend({
    unread: z.int().nonnegative(),
    /** The newest unread message that mentions this member; 0 for none. */
    mentioned: field.seq,
    messages: z.array(messageRow()),
    /** Too many older messages changed to tell them all: what is held, but for these here, is to be asked again. */
    stale: z.boolean(),
    group: groupRow().optional(),
  })
export type ChangedConversation = z.infer<ReturnType<typeof changedConversation>>

export const role = z.enum(['member', 'admin'])
export type Role = z.infer<typeof role>

export const me = () => origin().extend({ role })
export type Me = z.infer<ReturnType<typeof me>>
