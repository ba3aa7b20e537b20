/** What somebody chose for this browser; kept in `localStorage`. */
import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type SendKey = 'enter' | 'ctrl-enter'

export interface Preferences {
  readonly theme: Theme
  readonly sendKey: SendKey
  readonly listWidth: number
}

export const listWidths = { least: 240, most: 420, usual: 304 } as const

/** `public/theme.js` reads this one too, before the page is drawn. */
const keys = { theme: 'rookery.theme', sendKey: 'rookery.sendKey', listWidth: 'rookery.listWidth' } as const

export function clampListWidth(width: number): number {
  return Math.round(Math.min(listWidths.most, Math.max(listWidths.least, width)))
}

function readPreferences(): Preferences {
  const theme = localStorage.getItem(keys.theme)
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    sendKey: localStorage.getItem(keys.sendKey) === 'ctrl-enter' ? 'ctrl-enter' : 'enter',
    listWidth: clampListWidth(Number(localStorage.getItem(keys.listWidth) ?? listWidths.usual)),
  }
}

const preferences = createStore(readPreferences())

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.state(), ...change }
  localStorage.setItem(keys.theme, next.theme)
  localStorage.setItem(keys.sendKey, next.sendKey)
  localStorage.setItem(keys.listWidth, String(next.listWidth))
  showTheme(next.theme)
  preferences.set(next)
}

function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.state)
}
