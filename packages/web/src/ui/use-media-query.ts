/** Follows a media query. */
import { useCallback, useSyncExternalStore } from 'react'

const lists = new Map<string, MediaQueryList>()

/** Asking for a list again and again is slow; asking it is not. */
function listFor(query: string): MediaQueryList {
  const list = lists.get(query) ?? matchMedia(query)
  lists.set(query, list)
  return list
}

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = listFor(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => listFor(query).matches)
}

/** Where there is room for one pane only. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 719.98px)')
}

/** Where there is room for the card of a friend beside the chat. */
export function useWide(): boolean {
  return useMediaQuery('(min-width: 1100px)')
}

/** Where there is a mouse, and so a keyboard of its own and windows side by side. */
export function useMouse(): boolean {
  return useMediaQuery('(hover: hover)')
}
