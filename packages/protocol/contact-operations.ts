/** People, contacts, presence: what can be asked about others. */
import { z } from 'zod'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import { empty, operation } from './operation.ts'
import * as rows from './rows.ts'

export const contactOperations = {
  'people.get': operation({
    summary: 'Names, signatures and pictures of people by number; those that do not exist are left out.',
    who: 'user',
    input: z.strictObject({ numbers: z.array(field.number).max(LIMITS.pageMessages) }),
    output: () => z.object({ people: z.array(rows.person()) }),
    errors: [],
  }),
  'people.find': operation({
    summary: 'Find people by their number or a part of their name.',
    who: 'user',
    cost: 5,
    input: z.strictObject({ query: field.query }),
    output: () => z.object({ people: z.array(rows.person()) }),
    errors: [],
  }),
  'contacts.request': operation({
    summary: 'Ask somebody to be a contact. Where contacts are open, or if they asked first, you are contacts at once.',
    who: 'user',
    input: z.strictObject({ number: field.number, greeting: field.greeting.default('') }),
    output: () => z.object({ state: rows.contactState }),
    errors: ['not_found', 'already_contacts', 'already_asked', 'too_many_contacts'],
  }),
  'contacts.answer': operation({
    summary: 'Accept or refuse a request.',
    who: 'user',
    input: z.strictObject({ number: field.number, accept: z.boolean() }),
    output: () => z.object({ state: rows.contactState }),
    errors: ['not_found', 'too_many_contacts'],
  }),
  'contacts.remove': operation({
    summary: 'Delete a contact, on both sides, or take a request back. The history stays; nobody can add to it.',
    who: 'user',
    input: z.strictObject({ number: field.number }),
    output: () => empty,
    errors: ['not_found'],
  }),
  'contacts.join': operation({
    summary: 'Make two people contacts of each other.',
    who: 'admin',
    input: z.strictObject({ one: field.number, other: field.number }),
    output: () => z.object({ state: rows.contactState }),
    errors: ['not_found', 'already_contacts', 'too_many_contacts'],
  }),
  'contacts.arrange': operation({
    summary: 'What you call a contact, which of your contact groups they are in, whether they see you as offline.',
    who: 'user',
    input: z.strictObject({
      number: field.number,
      remark: field.remark.optional(),
      group: field.contactGroup.optional(),
      hidden: z.boolean().optional(),
    }),
    output: () => empty,
    errors: ['not_found'],
  }),
  'contacts.block': operation({
    summary: 'Block somebody, contact or not, or no longer: they can neither write to you nor ask, and see nothing.',
    who: 'user',
    input: z.strictObject({ number: field.number, blocked: z.boolean() }),
    output: () => empty,
    errors: ['not_found'],
  }),
  'contacts.setGroups': operation({
    summary:
      'Your contact groups, in order. `renamed` is what a group was called before; contacts of one that is gone are in the first.',
    who: 'user',
    input: z.strictObject({
      groups: z
        .array(z.strictObject({ name: field.contactGroup.pipe(z.string().min(1)), renamed: z.string().optional() }))
        .max(LIMITS.contactGroups),
    }),
    output: () => z.object({ groups: z.array(z.string()) }),
    errors: ['bad_request'],
  }),
  'presence.list': operation({
    summary: 'Which of your contacts are there, and how they appear. All others are offline.',
    who: 'user',
    input: empty,
    output: () => z.object({ people: z.array(z.object({ number: field.number, status: rows.appearance })) }),
    errors: [],
  }),
  'presence.read': operation({
    summary: 'How some of your contacts appear, and when those who are offline were last there.',
    who: 'user',
    input: z.strictObject({ numbers: z.array(field.number).max(LIMITS.presenceRead) }),
    output: () =>
      z.object({
        people: z.array(
          z.object({
            number: field.number,
            status: rows.appearance,
            /** Milliseconds since 1970; 0 where it is not known, or not for you. */
            last_seen: field.time,
          }),
        ),
      }),
    errors: [],
  }),
}
