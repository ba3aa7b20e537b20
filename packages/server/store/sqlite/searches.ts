/** Every search there is, by name: each may look at all that is stored, and takes as long as that takes. */
import type { Database } from 'bun:sqlite'
import { peopleSearch } from './accounts.ts'
import { groupSearch } from './groups.ts'
import { messageSearch } from './search.ts'

export function createSearches(db: Database) {
  return { messages: messageSearch(db), people: peopleSearch(db), groups: groupSearch(db) }
}

export type Searches = ReturnType<typeof createSearches>
export type SearchName = keyof Searches
export type SearchInput<Name extends SearchName> = Parameters<Searches[Name]>[0]
export type SearchResult<Name extends SearchName> = ReturnType<Searches[Name]>

export type SearcherRequest =
  | { readonly kind: 'open'; readonly file: string }
  | { readonly kind: 'search'; readonly name: SearchName; readonly input: unknown }

/** The result of a search, or what went wrong with it. */
export type SearcherMessage =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'bug'; readonly reason: string }
