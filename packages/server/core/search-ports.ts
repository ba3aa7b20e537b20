/** How messages are found. ports.ts says what every store promises. */
import type { MessageRow } from '@rookery/protocol'

export interface Searchable {
  /**
   * In order, folded, a space between them; a Han character is one. What nobody asks for stands between what was said
   * apart. One text, since many small ones cost more to hand over.
   */
  readonly words: string
  readonly kind: SearchKind
}

export type SearchKind = 'text' | 'link' | 'merged'

export interface Phrase {
  readonly tokens: readonly string[]
  readonly isPrefix: boolean
}

export interface SearchRequest {
  /** Whose messages: only of conversations that they are in, and from where these are for them. */
  readonly number: number
  /** Each is to be in the text: its tokens one after the other, the last one as it is or as a beginning. */
  readonly phrases: readonly Phrase[]
  readonly conversation: number | null
  readonly sender: number | null
  readonly kind: SearchKind | null
  readonly from: number | null
  readonly until: number | null
  /** As the last answer gave it; null for the newest. */
  readonly after: string | null
  readonly limit: number
}

export interface SearchAnswer {
  readonly messages: MessageRow[]
  readonly next: string | null
}

export interface SearchStore {
  /**
   * The newest first, in the order of sending over all conversations. Every message that was acknowledged before is
   * found, by what it says now, and none that was recalled. There may be fewer than `limit`, or none, where it takes
   * long: `next` says where to go on, and is null only where there is no more.
   */
  find(request: SearchRequest): Promise<SearchAnswer>
}
