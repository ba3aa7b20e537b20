/** Dialogs, menus and pop-overs: a third of all code, and none of it is needed to show messages. */
import { useSyncExternalStore } from 'react'
import type * as popupParts from './popup-parts.ts'
import { createStore } from './store.ts'

type Popups = typeof popupParts
export type MenuParts = Pick<Popups, 'Menu'>

const againMs = 1_000

const popups = createStore<Popups | null>(null)

/** Call once, after the first screen was drawn. Without a connection it goes on trying. */
export async function loadPopups(): Promise<void> {
  try {
    popups.set(await import('./popup-parts.ts'))
  } catch {
    await new Promise((resolve) => setTimeout(resolve, againMs))
    await loadPopups()
  }
}

/** Null until they are here: then a button that opens something is drawn without what it opens. */
export function usePopups(): Popups | null {
  return useSyncExternalStore(popups.subscribe, popups.state)
}
