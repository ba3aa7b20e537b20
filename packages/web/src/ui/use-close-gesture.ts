/** The system's own way back (a gesture, a button) closes what is open, where the browser tells of it. */
import { useEffect, useEffectEvent } from 'react'

interface Watcher {
  onclose: (() => void) | null
  destroy(): void
}

/** In browsers that have it: https://html.spec.whatwg.org/#close-watcher-infrastructure */
const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher }

export function useCloseGesture(open: boolean, onClose: () => void): void {
  const close = useEffectEvent(onClose)
  useEffect(() => {
    if (!open || CloseWatcher === undefined) return
    const watcher = new CloseWatcher()
    watcher.onclose = () => close()
    return () => watcher.destroy()
  }, [open])
}
