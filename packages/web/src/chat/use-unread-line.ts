/** Where the line above new messages stands. */
import type { Conversation } from '@rookery/client'
import { useState } from 'react'

/**
 * The read pointer as it was when the chat was opened with something unread in it, or when its window was left; null
 * for no line. Reading moves the pointer at once, but the line stays where the reader can see it, until they answer.
 */
export function useUnreadLine({ read_seq, unread, pending }: Conversation, attentive: boolean): number | null {
  const newestOwn = pending.at(-1)?.id
  const [line, setLine] = useState(() => ({ after: unread > 0 ? read_seq : null, attentive, newestOwn }))
  if (line.attentive !== attentive) {
    if (!attentive) setLine({ after: read_seq, attentive, newestOwn })
    else setLine({ after: unread > 0 ? line.after : null, attentive, newestOwn })
  } else if (newestOwn !== undefined && newestOwn !== line.newestOwn) {
    setLine({ after: null, attentive, newestOwn })
  }
  return line.after
}
