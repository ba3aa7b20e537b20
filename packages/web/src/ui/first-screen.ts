/** When what the page opens with is on the glass: what is needed later only is not fetched before. */
import { useEffect } from 'react'

/** After so long people have turned to whatever there is. */
const longestMs = 5_000
const drawn = Promise.withResolvers<void>()
const asked = Promise.withResolvers<void>()

/** Resolves when the first screen is on the glass, or late. Call once. */
export async function firstScreen(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, longestMs))
  await Promise.race([late, asked.promise, Promise.all([drawn.promise, firstPaint()])])
}

/** The first screen itself is among what is fetched after it: nothing may be on the glass before that is here. */
export function startLeisure(): void {
  asked.resolve()
}

/** @param isDrawn whether the screen that calls shows what it is there for. */
export function useFirstScreen(isDrawn: boolean): void {
  useEffect(() => {
    // The frame that shows this is made after its callbacks.
    if (isDrawn) requestAnimationFrame(() => setTimeout(drawn.resolve))
  }, [isDrawn])
}

/** A frame is on the glass some time after it was made: the browser says when. */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'paint', buffered: true })
  })
}
