/** Keeps a chat at its end while the reader is there, and in place while the reader is not. */
import type { Conversation } from '@rookery/client'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useClient, useClientState } from '../session/use-session.tsx'
import type { ChatItem } from './items.ts'

/** Closer to the end than this is at the end. */
const nearPx = 48
const farPx = 400
/** Older messages are asked for before the reader runs into their absence. */
const headroomPx = 800

export function useChatScroll(conversation: Conversation, items: readonly ChatItem[]) {
  const { id, messages, pending, last_seq } = conversation
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const list = useRef<VirtualizerHandle>(null)
  const following = useRef(true)
  const offset = useRef(0)
  const asking = useRef(false)
  /** Where asking led to nothing, until the connection changes: offline, only so much is held. */
  const vain = useRef<number | null>(null)
  const [loading, setLoading] = useState(false)
  const [far, setFar] = useState(false)
  /** The reader is at the top of what is held, and offline there is no more. */
  const [missing, setMissing] = useState(false)
  const [seen, setSeen] = useState(last_seq)

  // Older messages come in at the top: for that one change of the list virtua keeps the place from the end.
  const oldest = messages[0]?.seq ?? last_seq + 1
  const [drawn, setDrawn] = useState({ items, oldest, prepends: false })
  if (drawn.items !== items) setDrawn({ items, oldest, prepends: messages.length > 0 && oldest < drawn.oldest })

  function toEnd() {
    following.current = true
    list.current?.scrollToIndex(items.length - 1, { align: 'end' })
    setSeen(last_seq)
  }

  async function loadOlder() {
    if (asking.current || oldest <= 1 || vain.current === oldest) return
    asking.current = true
    setLoading(true)
    if (!(await client.loadOlder(id))) vain.current = oldest
    asking.current = false
    setLoading(false)
    tellMissing()
  }

  function tellMissing() {
    setMissing(oldest > 1 && vain.current === oldest && (list.current?.scrollOffset ?? 0) < nearPx)
  }

  function onScroll(top: number) {
    if (list.current === null) return
    const rest = list.current.scrollSize - list.current.viewportSize - top
    const movedUp = top < offset.current
    offset.current = top
    // Rows that grow push the end away; only a reader who moves up leaves it.
    if (rest < nearPx) following.current = true
    else if (movedUp) following.current = false
    if (following.current) setSeen(last_seq)
    setFar(rest > farPx && !following.current)
    if (top < headroomPx) void loadOlder()
    tellMissing()
  }

  function onResize() {
    if (following.current) toEnd()
  }

  const keepUp = useEffectEvent((length: number) => {
    if (length > 0 && following.current) toEnd()
  })
  const fill = useEffectEvent((from: number) => {
    if (from > 1 && offset.current < headroomPx) void loadOlder()
  })

  const newestOwn = pending.at(-1)?.id
  useLayoutEffect(() => {
    if (newestOwn !== undefined) following.current = true
  }, [newestOwn])
  useLayoutEffect(() => keepUp(items.length), [items])
  useEffect(() => {
    vain.current = null
    fill(oldest)
  }, [oldest, online])

  const missed = messages.filter(({ seq, sender }) => seq > seen && sender === conversation.peer).length
  return {
    list,
    prepends: drawn.prepends,
    loading,
    missing: missing && !online,
    far,
    missed,
    onScroll,
    onResize,
    toEnd,
  }
}
