/** What somebody chose for this browser; kept in `localStorage`. */
import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type SendKey = 'enter' | 'ctrl-enter'

export interface Preferences {
  readonly theme: Theme
  readonly sendKey: SendKey
  readonly listWidth: number
  /** Whether a group's panel stands beside its chat, where there is room. */
  readonly groupPanel: boolean
}

export const listWidths = { least: 240, most: 420, usual: 304 } as const

/** `public/theme.js` reads this one too, before the page is drawn. */
const keys = {
  theme: 'rookery.theme',
  sendKey: 'rookery.sendKey',
  listWidth: 'rookery.listWidth',
  groupPanel: 'rookery.groupPanel',
} as const

export function clampListWidth(width: number): number {
  return Math.round(Math.min(listWidths.most, Math.max(listWidths.least, width)))
}

function readPreferences(): Preferences {
  const theme = localStorage.getItem(keys.theme)
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    sendKey: localStorage.getItem(keys.sendKey) === 'ctrl-enter' ? 'ctrl-enter' : 'enter',
    listWidth: clampListWidth(Number(localStorage.getItem(keys.listWidth) ?? listWidths.usual)),
    groupPanel: localStorage.getItem(keys.groupPanel) !== 'hidden',
  }
}

const preferences = createStore(readPreferences())

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.state(), ...change }
  localStorage.setItem(keys.theme, next.theme)
  localStorage.setItem(keys.sendKey, next.sendKey)
  localStorage.setItem(keys.listWidth, String(next.listWidth))
  localStorage.setItem(keys.groupPanel, next.groupPanel ? 'shown' : 'hidden')
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
