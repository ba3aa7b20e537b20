/** Notices that nobody has touched any window of this browser for a while, and says so to the server. */
import type { Client } from '@rookery/client'

/** Milliseconds without a touch after which a device rests. */
export const restAfter = 600_000
const lookEvery = 15_000
/** A movement of the mouse is a hundred events: noted at most this often. */
const noteEvery = 5_000

/** All windows write here when they were last touched. */
const key = 'rookery.touched'
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const

export function isResting(touchedAt: number, now: number): boolean {
  return now - touchedAt >= restAfter
}

/** Answers the way to stop. */
export function noteRest(client: Pick<Client, 'rest'>): () => void {
  let notedAt = 0
  const timer = setInterval(look, lookEvery)

  function touch(): void {
    const now = Date.now()
    if (now - notedAt < noteEvery) return
    notedAt = now
    localStorage.setItem(key, String(now))
    client.rest(false)
  }

  function look(): void {
    client.rest(isResting(Number(localStorage.getItem(key)), Date.now()))
  }

  touch()
  for (const kind of touches) addEventListener(kind, touch, { passive: true, capture: true })
  return () => {
    clearInterval(timer)
    for (const kind of touches) removeEventListener(kind, touch, { capture: true })
  }
}
