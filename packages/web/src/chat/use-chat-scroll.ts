/** Keeps a chat at its end while the reader is there, and in place while the reader is not. */
import type { Conversation } from '@rookery/client'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { shownMessages, type ChatItem } from './items.ts'

/** Closer to the end than this is at the end. */
const nearPx = 48
const farPx = 400
/** Older messages are asked for before the reader runs into their absence. */
const headroomPx = 800
/** Until newer messages are asked for again that did not come. */
const againMs = 1_000

export type ChatScroll = ReturnType<typeof useChatScroll>

export function useChatScroll(conversation: Conversation, items: readonly ChatItem[]) {
  const { id, messages, pending, last_seq, from_seq, around } = conversation
  const client = useClient()
  const me = useMe()
  const online = useClientState((state) => state.connection.kind === 'online')
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLElement>(null)
  const following = useRef(true)
  const offset = useRef(0)
  /** Of the scroller. */
  const height = useRef(0)
  const asking = useRef(false)
  const askingNewer = useRef(false)
  /** Where asking led to nothing, until the connection changes: offline, only so much is held. */
  const vain = useRef<number | null>(null)
  const [loading, setLoading] = useState(false)
  const [far, setFar] = useState(false)
  /** The reader is at the top of what is held, and offline there is no more. */
  const [missing, setMissing] = useState(false)
  const [seen, setSeen] = useState(last_seq)

  // Older messages come in at the top: for that one change of the list virtua keeps the place from the end.
  const shown = shownMessages(conversation)
  const oldest = shown[0]?.seq ?? last_seq + 1
  const newest = shown.at(-1)?.seq ?? 0
  const [drawn, setDrawn] = useState({ items, oldest, prepends: false })
  if (drawn.items !== items) setDrawn({ items, oldest, prepends: oldest < drawn.oldest && drawn.oldest <= newest })

  function toEnd() {
    following.current = true
    list.current?.scrollToIndex(items.length - 1, { align: 'end' })
    setSeen(last_seq)
  }

  /** From wherever the reader jumped to. */
  function toNewest() {
    following.current = true
    if (around) client.leaveAround(id)
    else toEnd()
  }

  function toIndex(index: number) {
    following.current = false
    list.current?.scrollToIndex(index, { align: 'center' })
  }

  async function loadOlder() {
    if (asking.current || oldest <= from_seq + 1 || vain.current === oldest) return
    asking.current = true
    setLoading(true)
    const hasMore = await client.loadOlder(id)
    if (!hasMore) vain.current = oldest
    asking.current = false
    setLoading(false)
    tellMissing()
  }

  async function loadNewer() {
    if (askingNewer.current || !around) return
    askingNewer.current = true
    const hasMore = await client.loadNewer(id)
    askingNewer.current = false
    // At the end nothing scrolls any more that would ask again.
    if (!hasMore && scroller.current) setTimeout(fillEnd, againMs)
  }

  /** Asked of the page itself: the list hears of a new height of its own only later. */
  function restBelow(): number {
    if (scroller.current === null) return Number.POSITIVE_INFINITY
    const { scrollHeight, clientHeight, scrollTop } = scroller.current
    return scrollHeight - clientHeight - scrollTop
  }

  function tellMissing() {
    const atTop = (list.current?.scrollOffset ?? 0) < nearPx
    setMissing(oldest > from_seq + 1 && vain.current === oldest && atTop)
  }

  function onScroll(top: number) {
    const rest = restBelow()
    // Where there is more room than before, what is in it moves up by itself.
    const movedUp = top < offset.current && scroller.current?.clientHeight === height.current
    offset.current = top
    // Rows that grow push the end away; only a reader who moves up leaves it.
    if (rest < nearPx && !around) following.current = true
    else if (movedUp) following.current = false
    if (following.current) setSeen(last_seq)
    setFar(rest > farPx && !following.current)
    if (top < headroomPx) void loadOlder()
    if (rest < headroomPx) void loadNewer()
    tellMissing()
  }

  /** Of the rows, or of what they are seen through. */
  function onResize() {
    height.current = scroller.current?.clientHeight ?? 0
    if (following.current) toEnd()
  }

  const keepUp = useEffectEvent((length: number) => {
    if (length > 0 && following.current && !around) toEnd()
  })
  const fill = useEffectEvent((from: number) => {
    if (from > from_seq + 1 && offset.current < headroomPx) void loadOlder()
  })

  const fillEnd = useEffectEvent(() => {
    if (around && restBelow() < headroomPx) void loadNewer()
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
  useEffect(() => fillEnd(), [newest, online])

  const missed = messages.filter(({ seq, sender }) => seq > seen && sender !== me.number).length
  return {
    list,
    scroller,
    prepends: drawn.prepends,
    loading,
    missing: missing && !online,
    far,
    missed,
    onScroll,
    onResize,
    toNewest,
    toIndex,
  }
}
