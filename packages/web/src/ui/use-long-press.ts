/** A finger that stays: on touch screens what the right button of a mouse is elsewhere. */
import { useRef, type PointerEvent, type TouchEvent } from 'react'

const longMs = 450
/** A finger is never quite still. */
const stillPx = 8

interface LongPress {
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onPointerUp(): void
  onPointerCancel(): void
  onTouchEnd(event: TouchEvent): void
}

export function useLongPress(onLong: (x: number, y: number) => void): LongPress {
  const pressed = useRef<{ readonly x: number; readonly y: number; readonly timer: number } | null>(null)

  const wasLong = useRef(false)

  function end() {
    if (pressed.current) clearTimeout(pressed.current.timer)
    pressed.current = null
  }

  return {
    onPointerDown({ pointerType, clientX: x, clientY: y }) {
      end()
      wasLong.current = false
      if (pointerType !== 'touch') return
      const timer = window.setTimeout(() => {
        end()
        wasLong.current = true
        onLong(x, y)
      }, longMs)
      pressed.current = { x, y, timer }
    },
    onPointerMove({ clientX, clientY }) {
      const from = pressed.current
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > stillPx) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
    onTouchEnd(event) {
      // The browser would make a click of it, and that is one outside of what has just been opened: it would close.
      if (wasLong.current && event.cancelable) event.preventDefault()
    },
  }
}
