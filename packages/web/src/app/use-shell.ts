/** Dialogs that are opened from several places. */
import { createContext, use } from 'react'

export type ShellDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'add'; readonly query: string }
  | { readonly kind: 'import'; readonly file: File }

export const ShellContext = createContext<(dialog: ShellDialog) => void>(() => {})

export function useShowDialog(): (dialog: ShellDialog) => void {
  return use(ShellContext)
}
