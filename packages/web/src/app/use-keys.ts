/** The keys that work everywhere. Dialogs close on Escape by themselves. */
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { neighbourOf } from '../messages/order.ts'
import { useClient } from '../session/use-session.tsx'
import type { ShellDialog } from './use-shell.ts'

export function useKeys(showDialog: (dialog: ShellDialog) => void): void {
  const client = useClient()
  const [path, go] = useLocation()

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const command = event.ctrlKey || event.metaKey
      if (command && event.key.toLowerCase() === 'k') search()
      else if (command && event.key === '/') showDialog({ kind: 'keys' })
      else if (event.altKey && event.key === 'ArrowUp') goTo(-1)
      else if (event.altKey && event.key === 'ArrowDown') goTo(1)
      else return
      event.preventDefault()
    }

    /** Where there is no field to search in, the list has one. */
    function search() {
      if (focusSearch()) return
      go('/')
      requestAnimationFrame(() => requestAnimationFrame(focusSearch))
    }

    function goTo(step: -1 | 1) {
      const here = /^\/c\/(-?\d+)$/.exec(path)?.[1]
      const next = neighbourOf(client.state(), here === undefined ? null : Number(here), step)
      if (next !== null) go(`/c/${next}`)
    }

    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [client, path, go, showDialog])
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[type=search]:not([data-search-chat])')
  field?.focus()
  field?.select()
  return field !== null
}
