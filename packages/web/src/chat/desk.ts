/** What somebody is doing in an open chat, besides reading it. One desk for each chat on the screen. */
import { createContext, use, useSyncExternalStore } from 'react'
import type { Body } from '@rookery/protocol'
import { createStore, type Store } from '../ui/store.ts'

export type Doing =
  | { readonly kind: 'writing' }
  | { readonly kind: 'replying'; readonly seq: number }
  | { readonly kind: 'editing'; readonly seq: number; readonly text: string }
  | { readonly kind: 'selecting'; readonly seqs: ReadonlySet<number> }

/** A point of the screen, or what stands there. */
export type Anchor = Element | { readonly x: number; readonly y: number }

/** What is open over the chat. */
export type Opened =
  | { readonly kind: 'nothing' }
  /** `at` tells one opening from the next. */
  | { readonly kind: 'menu'; readonly seq: number; readonly anchor: Anchor; readonly at: number }
  | { readonly kind: 'reacting'; readonly seq: number; readonly anchor: Anchor }
  | { readonly kind: 'forward'; readonly seqs: readonly number[]; readonly merged: boolean }
  | { readonly kind: 'merged'; readonly body: Extract<Body, { kind: 'merged' }> }
  | { readonly kind: 'readers'; readonly seq: number }
  | { readonly kind: 'export' }

export interface Desk {
  readonly doing: Store<Doing>
  readonly opened: Store<Opened>
  /** Whether the chat is being searched, beside its messages. */
  readonly searching: Store<boolean>
  /** Where the list is to go; a new object for each jump. */
  readonly target: Store<{ readonly seq: number } | null>
  /** Where one writes, while one can. */
  readonly field: Store<HTMLTextAreaElement | null>
}

export const idle: Doing = { kind: 'writing' }
export const nothing: Opened = { kind: 'nothing' }

export function createDesk(): Desk {
  return {
    doing: createStore<Doing>(idle),
    opened: createStore<Opened>(nothing),
    searching: createStore(false),
    target: createStore<{ readonly seq: number } | null>(null),
    field: createStore<HTMLTextAreaElement | null>(null),
  }
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('This part is drawn in a chat only.')
  return desk
}

export function useDoing(): Doing {
  const { doing } = useDesk()
  return useSyncExternalStore(doing.subscribe, doing.state)
}

export function useOpened(): Opened {
  const { opened } = useDesk()
  return useSyncExternalStore(opened.subscribe, opened.state)
}

/** Whether the message is chosen; null while nothing is being chosen. */
export function useChosen(seq: number | null): boolean | null {
  const { doing } = useDesk()
  return useSyncExternalStore(doing.subscribe, () => {
    const now = doing.state()
    return now.kind === 'selecting' ? seq !== null && now.seqs.has(seq) : null
  })
}

export function toggleChosen({ doing }: Desk, seq: number, most: number): void {
  const now = doing.state()
  const seqs = new Set(now.kind === 'selecting' ? now.seqs : [])
  if (!seqs.delete(seq) && seqs.size < most) seqs.add(seq)
  doing.set({ kind: 'selecting', seqs })
}

/** Stops what one is doing; false where one is just writing. */
export function stopDoing({ doing }: Desk): boolean {
  if (doing.state().kind === 'writing') return false
  doing.set(idle)
  return true
}
