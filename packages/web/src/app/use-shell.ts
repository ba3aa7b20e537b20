/** Dialogs that are opened from several places. */
import type { FoundGroup, Person } from '@rookery/protocol'
import { createContext, use } from 'react'

export type ShellDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'add'; readonly query: string }
  | { readonly kind: 'ask'; readonly person: Person }
  | { readonly kind: 'create-group'; readonly members: readonly number[] }
  | { readonly kind: 'find-group' }
  | { readonly kind: 'join-group'; readonly group: FoundGroup }
  | { readonly kind: 'contact-groups' }
  | { readonly kind: 'import'; readonly file: File }

export const ShellContext = createContext<(dialog: ShellDialog) => void>(() => {})

export function useShowDialog(): (dialog: ShellDialog) => void {
  return use(ShellContext)
}
