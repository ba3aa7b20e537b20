/**
 * Unsent texts, by person and conversation, as long as the server does not have them: kept while switching, over a
 * reload and over the end of the window; all windows of this browser show the same. An empty one is one that was
 * emptied.
 */
import { createStore } from '../ui/store.ts'

type Drafts = ReadonlyMap<string, string>

const prefix = 'rookery.draft.'
const drafts = createStore<Drafts>(readDrafts())

export const subscribeDrafts = drafts.subscribe

/** Undefined where nothing was typed that the server does not have. */
export function draftOf(person: number, conversation: number): string | undefined {
  return drafts.state().get(keyOf(person, conversation))
}

export function saveDraft(person: number, conversation: number, text: string): void {
  const key = keyOf(person, conversation)
  localStorage.setItem(prefix + key, text)
  show(key, text)
}

/** The server has it. */
export function dropDraft(person: number, conversation: number): void {
  const key = keyOf(person, conversation)
  localStorage.removeItem(prefix + key)
  show(key, null)
}

/** Somebody logged out here. */
export function forgetDrafts(person: number): void {
  const own = [...drafts.state().keys()].filter((key) => key.startsWith(keyOf(person, '')))
  for (const key of own) {
    localStorage.removeItem(prefix + key)
    show(key, null)
  }
}

// Only what other windows did is told.
addEventListener('storage', ({ key, newValue }: StorageEvent) => {
  if (key === null) drafts.set(readDrafts())
  else if (key.startsWith(prefix)) show(key.slice(prefix.length), newValue)
})

function readDrafts(): Drafts {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  return new Map(keys.map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? '']))
}

function show(key: string, text: string | null): void {
  if (text === null && !drafts.state().has(key)) return
  const next = new Map(drafts.state())
  if (text === null) next.delete(key)
  else next.set(key, text)
  drafts.set(next)
}

function keyOf(person: number, conversation: number | ''): string {
  return `${person}.${conversation}`
}
