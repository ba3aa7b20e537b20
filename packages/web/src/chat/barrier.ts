/** What keeps somebody from writing in a conversation. Pure. */
import type { Conversation } from '@rookery/client'
import type { ContactRow } from '@rookery/protocol'

export type Barrier =
  | { readonly kind: 'none' }
  | { readonly kind: 'dissolved' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'silenced'; readonly until: number }
  | { readonly kind: 'all_silenced' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'no_contacts' }

export function barrierOf(conversation: Conversation, contact: ContactRow | undefined, now: number): Barrier {
  if (conversation.kind === 'direct') {
    if (conversation.writable) return { kind: 'none' }
    return contact?.blocked ? { kind: 'blocked' } : { kind: 'no_contacts' }
  }
  const { group, writable, silenced_until: until, role } = conversation
  if (group?.dissolved) return { kind: 'dissolved' }
  if (!writable) return { kind: 'gone' }
  if (until > now) return { kind: 'silenced', until }
  return group?.silenced && role === 'member' ? { kind: 'all_silenced' } : { kind: 'none' }
}
