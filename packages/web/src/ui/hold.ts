/** What holds an open dialog is not taken down for want of room: the dialog would go with it, and what was typed. */
import { createContext, use, useCallback, useLayoutEffect, useState } from 'react'

/** Begins holding; answers what ends it. */
type Hold = () => () => void

export const HoldContext = createContext<Hold | null>(null)

/** For what may be taken down: whether a dialog is open in it, and what it hands down by `HoldContext`. */
export function useHold(): readonly [boolean, Hold] {
  const [open, setOpen] = useState(0)
  const hold = useCallback(() => {
    setOpen((count) => count + 1)
    return () => setOpen((count) => count - 1)
  }, [])
  return [open > 0, hold]
}

/** For dialogs: holds what it is in while it is open. */
export function useHoldWhile(open: boolean): void {
  const hold = use(HoldContext)
  useLayoutEffect(() => (open ? hold?.() : undefined), [open, hold])
}
