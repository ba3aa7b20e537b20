/** Where a menu opens: at what it belongs to, or at a point of the screen. */
import type { Anchor } from './desk.ts'

export function anchorOf(anchor: Anchor): Element | { getBoundingClientRect(): DOMRect } {
  if (anchor instanceof Element) return anchor
  return { getBoundingClientRect: () => new DOMRect(anchor.x, anchor.y, 0, 0) }
}
