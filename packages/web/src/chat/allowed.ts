/** What the menu of a message offers. The server decides; what it would refuse anyway is not shown. Pure. */
import type { Conversation } from '@rookery/client'
import type { GroupRole, MessageRow } from '@rookery/protocol'
import { outranks } from '../groups/roles.ts'

export interface Allowed {
  readonly reply: boolean
  readonly react: boolean
  readonly copy: boolean
  readonly forward: boolean
  readonly edit: boolean
  readonly recall: boolean
}

/** @param role the sender's, in a group. @param writing whether one may write now. */
export function allowedOn(
  { body, sender }: Pick<MessageRow, 'body' | 'sender'>,
  conversation: Conversation,
  { me, role, writing }: { readonly me: number; readonly role: GroupRole; readonly writing: boolean },
): Allowed {
  const own = sender === me
  const says = body.kind === 'text' || body.kind === 'merged'
  const above = conversation.kind === 'group' && outranks(conversation.role, role)
  const stands = body.kind !== 'recalled' && body.kind !== 'event'
  return {
    reply: writing && stands,
    react: writing && says,
    copy: says,
    forward: says,
    edit: writing && own && body.kind === 'text' && !body.forwarded,
    recall: stands && conversation.writable && (own || above),
  }
}
