/** The language of the page: the one chosen in settings, else the browser's first that there are texts for. */
import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'
import { loadTexts, type Locale } from './messages.ts'

export type { Locale }

const key = 'rookery.locale'

function isLocale(text: string | null): text is Locale {
  return text === 'en' || text === 'zh-CN'
}

function readLocale(): Locale {
  const chosen = localStorage.getItem(key)
  if (isLocale(chosen)) return chosen
  for (const language of navigator.languages) {
    if (/^zh\b/i.test(language)) return 'zh-CN'
    if (/^en\b/i.test(language)) return 'en'
  }
  return 'en'
}

const locale = createStore<Locale>(readLocale())

/** Call once. Nothing is drawn before it is done. */
export async function startLocale(): Promise<void> {
  document.documentElement.lang = locale.state()
  await loadTexts(locale.state())
}

/** Rejects where the texts cannot be fetched; then the page stays in the language it is in. */
export async function chooseLocale(next: Locale): Promise<void> {
  await loadTexts(next)
  localStorage.setItem(key, next)
  document.documentElement.lang = next
  locale.set(next)
}

/** Also what makes a memoised part draw again in another language. */
export function useLocale(): Locale {
  return useSyncExternalStore(locale.subscribe, locale.state)
}
