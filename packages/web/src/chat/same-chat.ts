/** Whether two states of a conversation differ only in what was said: in a flood of messages only the list draws. */
import type { Conversation } from '@rookery/client'

const said = new Set<string>([
  'messages',
  'around',
  'pending',
  'last_seq',
  'rev',
  'compared',
  'read_seq',
  'told_read_seq',
  'peer_read_seq',
  'readers',
  'unread',
  'mentioned',
  'typing',
] satisfies (keyof Conversation)[])

export function isSameChat(one: Conversation, other: Conversation): boolean {
  if (one === other) return true
  const before: Readonly<Record<string, unknown>> = { ...one }
  const after: Readonly<Record<string, unknown>> = { ...other }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].every((key) => said.has(key) || Object.is(before[key], after[key]))
}

interface ChatProps {
  readonly conversation: Conversation
}

/** For `memo`: all other properties are compared as they are. */
export function isSameDrawing<Props extends ChatProps>(one: Props, other: Props): boolean {
  const keys = Object.keys(one) as (keyof Props)[]
  return (
    isSameChat(one.conversation, other.conversation) &&
    keys.every((key) => key === 'conversation' || Object.is(one[key], other[key]))
  )
}
