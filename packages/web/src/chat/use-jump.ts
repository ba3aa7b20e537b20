/** Takes the reader to a message, wherever it is, and marks it for a moment. */
import type { Conversation } from '@rookery/client'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { showToast } from '../ui/toast.tsx'
import { useDesk } from './desk.ts'
import type { ChatItem } from './items.ts'
import type { ChatScroll } from './use-chat-scroll.ts'

/** As long as the mark is seen. */
const flashMs = 1_700

/** The seq of the message that is marked. */
export function useJump({ id }: Conversation, items: readonly ChatItem[], { toIndex }: ChatScroll): number | null {
  const client = useClient()
  const { target } = useDesk()
  const wanted = useSyncExternalStore(target.subscribe, target.state)
  const [flashed, setFlashed] = useState<number | null>(null)
  /** What is to be shown as soon as it is drawn. */
  const due = useRef<number | null>(null)

  const show = useEffectEvent(() => {
    const index = items.findIndex((item) => 'seq' in item && item.seq === due.current)
    if (index === -1) return
    toIndex(index)
    setFlashed(due.current)
    due.current = null
  })
  const jump = useEffectEvent(async (seq: number) => {
    due.current = seq
    const isThere = await client.loadAround(id, seq)
    if (due.current !== seq) return
    if (isThere) return show()
    due.current = null
    showToast(m.chat_jump_failed())
  })

  useEffect(() => {
    if (wanted) void jump(wanted.seq)
  }, [wanted])
  useLayoutEffect(() => {
    if (items.length > 0 && due.current !== null) show()
  }, [items])

  useEffect(() => {
    if (flashed === null) return
    const timer = setTimeout(() => setFlashed(null), flashMs)
    return () => clearTimeout(timer)
  }, [flashed])

  return flashed
}
