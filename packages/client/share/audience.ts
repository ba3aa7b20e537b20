/** The windows that a host serves, and what they look at together. */
import { forgetAfter } from './protocol.ts'

export interface Audience {
  /** A window as it says it is. */
  put(window: string, seen: { readonly visible: boolean; readonly look: readonly number[] }, now: number): void
  leave(window: string): void
  /** Lets go of those who should have pinged and did not. One out of sight never pings: it stays. */
  forget(now: number): void
  isEmpty(): boolean
}

interface Seen {
  readonly visible: boolean
  readonly look: readonly number[]
  readonly at: number
}

/** @param onLook told what all windows look at, whenever that is something else: in sight first. */
export function createAudience(onLook: (conversations: readonly number[]) => void): Audience {
  const windows = new Map<string, Seen>()
  let looked: readonly number[] = []

  function unite(): void {
    const inSight = [...windows.values()].sort((a, b) => Number(b.visible) - Number(a.visible))
    const united = [...new Set(inSight.flatMap(({ look }) => look))]
    if (united.length === looked.length && united.every((id) => looked.includes(id))) return
    looked = united
    onLook(united)
  }

  return {
    put(window, { visible, look }, now) {
      windows.set(window, { visible, look, at: now })
      unite()
    },
    leave(window) {
      windows.delete(window)
      unite()
    },
    forget(now) {
      for (const [window, { visible, at }] of windows) if (visible && now - at > forgetAfter) windows.delete(window)
      unite()
    },
    isEmpty: () => windows.size === 0,
  }
}
