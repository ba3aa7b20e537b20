/** What others have said between two states. */
import type { Conversation } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import type { Conversations } from './order.ts'

export interface Arrival {
  readonly conversation: Conversation
  readonly message: MessageRow
}

/** The newest message of each conversation that has one more from somebody else. Conversations seen first are history. */
export function arrivals(before: Conversations, after: Conversations, me: number): Arrival[] {
  if (before === after) return []
  return [...after.values()].flatMap((conversation) => {
    const message = newArrival(before.get(conversation.id), conversation, me)
    return message ? [{ conversation, message }] : []
  })
}

function newArrival(before: Conversation | undefined, after: Conversation, me: number): MessageRow | null {
  if (before === undefined || before.last_seq >= after.last_seq) return null
  const message = after.messages.at(-1)
  const isNews = message && message.seq > before.last_seq && message.sender !== me && message.body.kind !== 'event'
  return isNews ? message : null
}
