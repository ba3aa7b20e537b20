/** How high something is drawn, in pixels, as it changes. */
import { useLayoutEffect, useState, type RefObject } from 'react'

export function useHeight(target: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = target.current
    if (element === null) return
    // It is told the first time before anything is painted.
    const observer = new ResizeObserver(() => setHeight(element.offsetHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [target])
  return height
}
