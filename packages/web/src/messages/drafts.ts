/** Unsent texts, one for each conversation: kept while switching and over a reload of this window. */
import { useSyncExternalStore } from 'react'
import { useMe } from '../session/use-session.tsx'
import { createStore } from '../ui/store.ts'

type Drafts = ReadonlyMap<string, string>

const prefix = 'rookery.draft.'

function readDrafts(): Drafts {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix))
  return new Map(keys.map((key) => [key.slice(prefix.length), sessionStorage.getItem(key) ?? '']))
}

const drafts = createStore<Drafts>(readDrafts())

function saveDraft(key: string, text: string): void {
  const next = new Map(drafts.state())
  if (text === '') {
    next.delete(key)
    sessionStorage.removeItem(prefix + key)
  } else {
    next.set(key, text)
    sessionStorage.setItem(prefix + key, text)
  }
  drafts.set(next)
}

/** The text of one conversation and the way to change it; another user of this browser does not see it. */
export function useDraft(conversation: number): [string, (text: string) => void] {
  const key = `${useMe().number}.${conversation}`
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.state().get(key) ?? '')
  return [text, (next) => saveDraft(key, next)]
}
