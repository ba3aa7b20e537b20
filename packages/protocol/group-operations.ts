/** Groups: making them, coming in, running them, leaving. */
import { z } from 'zod'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import { empty, operation } from './operation.ts'
import * as rows from './rows.ts'

export const groupOperations = {
  'groups.create': operation({
    summary: 'Make a group of yourself and contacts of yours.',
    who: 'user',
    input: z.strictObject({
      name: field.groupName,
      members: z.array(field.number).max(LIMITS.invitedAtOnce).default([]),
    }),
    output: () => z.object({ conversation: field.conversation }),
    errors: ['not_found', 'too_many_groups'],
  }),
  'groups.find': operation({
    summary: 'Groups that let themselves be found, by number or a part of their name.',
    who: 'user',
    cost: 5,
    input: z.strictObject({ query: field.query }),
    output: () => z.object({ groups: z.array(rows.foundGroup()) }),
    errors: [],
  }),
  'groups.members': operation({
    summary:
      'The members in order of role and number, by pages: above `after`; or only those whose name holds `query`.',
    who: 'user',
    cost: 3,
    input: z.strictObject({
      conversation: field.conversation,
      after: field.memberPlace.optional(),
      query: field.query.optional(),
      limit: z.int().min(1).max(LIMITS.memberPage).default(LIMITS.memberPage),
    }),
    output: () => z.object({ members: z.array(rows.memberRow()) }),
    errors: ['not_member'],
  }),
  'groups.people': operation({
    summary: 'Some people as this group knows them; those who are not in it any more as members without a nickname.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      numbers: z.array(field.number).max(LIMITS.pageMessages),
    }),
    output: () => z.object({ members: z.array(rows.memberRow()) }),
    errors: ['not_member'],
  }),
  'groups.invite': operation({
    summary: 'Bring contacts of yours in. Answers who came in: not those who are in already.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      numbers: z.array(field.number).min(1).max(LIMITS.invitedAtOnce),
    }),
    output: () => z.object({ joined: z.array(field.number) }),
    errors: ['not_member', 'not_allowed_in_group', 'not_found', 'group_full'],
  }),
  'groups.join': operation({
    summary: 'Come into a group that is open, or ask to.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, greeting: field.greeting.default('') }),
    output: () => z.object({ state: z.enum(['joined', 'waiting']) }),
    errors: ['not_found', 'already_member', 'already_asked', 'group_full', 'too_many_groups'],
  }),
  'groups.answer': operation({
    summary: 'Let somebody in who asks, or refuse. The first answer of any admin stands.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, number: field.number, accept: z.boolean() }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group', 'not_found', 'group_full', 'too_many_groups'],
  }),
  'groups.makeLink': operation({
    summary: 'A ticket with which anybody can come in, until it expires. The earlier ones become worthless.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: () => z.object({ ticket: field.secret, expires_at: field.time }),
    errors: ['not_member', 'not_allowed_in_group'],
  }),
  'groups.readLink': operation({
    summary: 'Which group a ticket leads to.',
    who: 'user',
    input: z.strictObject({ ticket: field.secret }),
    output: rows.foundGroup,
    errors: ['ticket_invalid'],
  }),
  'groups.joinByLink': operation({
    summary: 'Come into a group by a ticket.',
    who: 'user',
    input: z.strictObject({ ticket: field.secret }),
    output: () => z.object({ conversation: field.conversation }),
    errors: ['ticket_invalid', 'already_member', 'group_full', 'too_many_groups'],
  }),
  'groups.leave': operation({
    summary: 'Leave a group. What was said in it is no longer yours to read.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: () => empty,
    errors: ['not_member', 'owner_cannot_leave'],
  }),
  'groups.remove': operation({
    summary: 'Put members out whose role is below yours.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      numbers: z.array(field.number).min(1).max(LIMITS.invitedAtOnce),
    }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group', 'not_found'],
  }),
  'groups.setRole': operation({
    summary: 'Make a member an admin, or an admin a member. The owner only.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      number: field.number,
      role: z.enum(['admin', 'member']),
    }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group', 'not_found', 'too_many_admins'],
  }),
  'groups.handOver': operation({
    summary: 'Make a member the owner; you become an admin.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, number: field.number }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group', 'not_found'],
  }),
  'groups.configure': operation({
    summary: 'What the group is called, its notice, and how it is run.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      name: field.groupName.optional(),
      notice: field.notice.optional(),
      ...rows.groupSettings
        .pick({ history: true, joining: true, inviting: true, listed: true, silenced: true })
        .partial().shape,
    }),
    output: rows.groupRow,
    errors: ['not_member', 'not_allowed_in_group'],
  }),
  'groups.silence': operation({
    summary: 'Keep a member whose role is below yours from writing until then; 0 lets them again.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, number: field.number, until: field.time }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group', 'not_found'],
  }),
  'groups.setNickname': operation({
    summary: 'What you are called in this group; empty for your name.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, nickname: field.remark }),
    output: () => empty,
    errors: ['not_member'],
  }),
  'groups.dissolve': operation({
    summary: 'End a group for everybody in it. The owner only.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: () => empty,
    errors: ['not_member', 'not_allowed_in_group'],
  }),
}
