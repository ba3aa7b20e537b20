/** What keeps one from writing, at this moment. */
import type { Conversation } from '@rookery/client'
import { useEffect, useState } from 'react'
import { useClientState } from '../session/use-session.tsx'
import { barrierOf, type Barrier } from './barrier.ts'

/** The longest that a timer can wait. */
const longest = 2 ** 31 - 1

export function useBarrier(conversation: Conversation): Barrier {
  const contact = useClientState(({ contacts }) => contacts.get(conversation.peer))
  const [now, setNow] = useState(Date.now)
  const until = conversation.kind === 'group' ? conversation.silenced_until : 0
  useEffect(() => {
    const rest = until - Date.now()
    const timer = setTimeout(() => setNow(Date.now()), Math.min(longest, Math.max(0, rest)))
    return () => clearTimeout(timer)
  }, [until])
  return barrierOf(conversation, contact, now)
}
