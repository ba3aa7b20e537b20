/** Shakes the chat when the other one asks for it while it is on the screen; not more often than bearable. */
import { useEffect, useRef, type RefObject } from 'react'
import { useClient, useMe } from '../session/use-session.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'

/** Shakes that come sooner after the last one move nothing. */
const restMs = 5_000
/** One this old is history. */
const freshMs = 15_000

const frames = [0, -7, 7, -5, 5, -3, 3, 0].map((x) => ({ transform: `translateX(${x}px)` }))

export function useShake(conversation: number): RefObject<HTMLDivElement | null> {
  const client = useClient()
  const me = useMe()
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const moved = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (still) return
    let last = client.state().conversations.get(conversation)?.last_seq ?? 0
    let restsUntil = 0
    return client.subscribe(() => {
      const held = client.state().conversations.get(conversation)
      if (!held || held.last_seq <= last) return
      const fresh = held.messages.filter(({ seq }) => seq > last)
      last = held.last_seq
      const isShaken = fresh.some(
        ({ sender, body, at }) => sender !== me.number && body.kind === 'shake' && Date.now() - at < freshMs,
      )
      if (!isShaken || Date.now() < restsUntil) return
      restsUntil = Date.now() + restMs
      moved.current?.animate(frames, { duration: 500, easing: 'ease-in-out' })
      moved.current?.setAttribute('data-shaken', String(restsUntil))
    })
  }, [client, conversation, me.number, still])

  return moved
}
