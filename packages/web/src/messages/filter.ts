/** Which conversations are listed. Pure. */
import type { Conversation } from '@rookery/client'
import { isUnread } from './order.ts'

export type Filter = 'all' | 'unread' | 'mentions' | 'groups'

export function passes(conversation: Conversation, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'unread':
      return isUnread(conversation)
    case 'mentions':
      return conversation.mentioned > 0
    case 'groups':
      return conversation.kind === 'group'
  }
}
