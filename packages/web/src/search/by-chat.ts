/** Puts what was found in one chat together, where it is much. Pure. */
import type { Hit } from './use-message-hits.ts'

export type HitLine =
  | { readonly kind: 'one'; readonly hit: Hit }
  | { readonly kind: 'many'; readonly conversation: number; readonly count: number; readonly first: Hit }

/** More of one chat than this hide what was found in others. */
const most = 2

/** In the order of each chat's newest hit. */
export function byChat(hits: readonly Hit[]): HitLine[] {
  const chats = Map.groupBy(hits, ({ message }) => message.conversation)
  return [...chats].flatMap(([conversation, found]): HitLine[] => {
    const [first] = found
    if (first && found.length > most) return [{ kind: 'many', conversation, count: found.length, first }]
    return found.map((hit) => ({ kind: 'one', hit }))
  })
}
