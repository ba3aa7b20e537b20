/** Messages and the conversations that they are in. */
import { z } from 'zod'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import { empty, operation } from './operation.ts'
import * as rows from './rows.ts'

export const messageOperations = {
  'messages.send': operation({
    summary: 'Send a message. Answered once it is on disk. The same id again gives the same answer.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, id: field.messageId, body: rows.sendable }),
    /** `body` is what was stored, where it is not what was sent: of a forward. */
    output: () => z.object({ seq: field.seq, rev: field.rev, at: field.time, body: rows.body().optional() }),
    errors: [
      'not_member',
      'not_writable',
      'not_found',
      'recalled',
      'forbidden',
      'not_allowed_in_group',
      'too_large',
      'too_many_requests',
      'message_id_conflict',
      'storage_full',
      'unavailable',
    ],
  }),
  'messages.page': operation({
    summary: 'Messages in order of seq: the newest below `before`, or the oldest above `after`.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      before: field.seq.optional(),
      after: field.seq.optional(),
      limit: z.int().min(1).max(LIMITS.pageMessages).default(50),
    }),
    output: () => z.object({ messages: z.array(rows.messageRow()) }),
    errors: ['not_member'],
  }),
  'messages.get': operation({
    summary: 'Single messages: what a reply answers, for one. Those that are not for you are left out.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seqs: z.array(field.seq).max(LIMITS.pageMessages) }),
    output: () => z.object({ messages: z.array(rows.messageRow()) }),
    errors: ['not_member'],
  }),
  'messages.locate': operation({
    summary: 'The place of the first message at or after a moment; of the newest one where there is none.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, at: field.time }),
    output: () => z.object({ seq: field.seq }),
    errors: ['not_member'],
  }),
  'messages.edit': operation({
    summary:
      'Change the text of a message of your own. Everybody has the new one; that it was edited stays to be seen.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seq: field.seq, text: field.text }),
    output: rows.messageRow,
    errors: ['not_member', 'not_writable', 'not_found', 'not_editable', 'recalled'],
  }),
  'messages.recall': operation({
    summary: 'Take a message back: your own, or in a group one of somebody whom you may silence. Its place stays.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seq: field.seq }),
    output: rows.messageRow,
    errors: ['not_member', 'not_writable', 'not_found', 'not_editable'],
  }),
  'messages.react': operation({
    summary: 'Put an emoji under a message, or take it away.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seq: field.seq, emoji: field.emoji, on: z.boolean() }),
    output: rows.messageRow,
    errors: ['not_member', 'not_writable', 'not_found', 'recalled', 'too_many_reactions'],
  }),
  'messages.find': operation({
    summary:
      'Messages that hold all the words: Chinese from one character, other scripts by word and beginning of a word. The newest first.',
    who: 'user',
    cost: 10,
    input: z.strictObject({
      query: field.query,
      conversation: field.conversation.optional(),
      sender: field.number.optional(),
      kind: z.enum(['text', 'link', 'merged']).optional(),
      from: field.time.optional(),
      until: field.time.optional(),
      /** As the last answer gave it. */
      cursor: z.string().max(64).default(''),
      limit: z.int().min(1).max(LIMITS.foundMessages).default(20),
    }),
    output: () =>
      z.object({
        /** Each with the messages right before and after it. */
        found: z.array(
          z.object({
            message: rows.messageRow(),
            before: rows.messageRow().optional(),
            after: rows.messageRow().optional(),
          }),
        ),
        /** Empty where there is no more. */
        cursor: z.string(),
      }),
    errors: ['not_member'],
  }),
  'conversations.openNote': operation({
    summary: 'The conversation with yourself, made if there is none.',
    who: 'user',
    input: empty,
    output: () => z.object({ conversation: field.conversation }),
    errors: [],
  }),
  'conversations.arrange': operation({
    summary: 'Pin, mute, mark as unread, keep a draft: on all your devices, seen by nobody else.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      pinned: z.boolean().optional(),
      muted: z.boolean().optional(),
      marked: z.boolean().optional(),
      draft: z.union([field.text, z.literal('')]).optional(),
    }),
    output: rows.membershipRow,
    errors: ['not_member'],
  }),
  'conversations.open': operation({
    summary: 'What is not kept in step by revisions: how far the others have read; in large groups nobody.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: () => z.object({ readers: z.array(z.object({ number: field.number, read_seq: field.seq })) }),
    errors: ['not_member'],
  }),
  'conversations.typing': operation({
    summary: 'Tell the others, now, that you are writing. A hint: it reaches those who watch, and may be lost.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: () => empty,
    errors: ['not_member', 'not_writable'],
  }),
  'hints.watch': operation({
    summary:
      'What this socket looks at: hints come about these chats, and about who is online, and about nothing else.',
    who: 'user',
    input: z.strictObject({
      presence: z.boolean().default(false),
      conversations: z.array(field.conversation).max(LIMITS.watchedConversations).default([]),
    }),
    output: () => z.object({ presence: z.boolean(), conversations: z.array(field.conversation) }),
    errors: [],
    session: 'watches',
  }),
  'hints.rest': operation({
    summary: 'Whether nobody has touched this device for a while. Who has no other one in use appears as away.',
    who: 'user',
    input: z.strictObject({ resting: z.boolean() }),
    output: () => z.object({ resting: z.boolean() }),
    errors: [],
    session: 'rests',
  }),
  'conversations.read': operation({
    summary: 'Move your read pointer forward. Never back, never past the newest message.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seq: field.seq }),
    output: () => z.object({ read_seq: field.seq }),
    errors: ['not_member'],
  }),
}
