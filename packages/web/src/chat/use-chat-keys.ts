/** The keys of an open chat. */
import { useEffect } from 'react'
import { stopDoing, useDesk } from './desk.ts'

export function useChatKeys(): void {
  const desk = useDesk()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return
      const command = event.ctrlKey || event.metaKey
      if (command && event.key.toLowerCase() === 'f') {
        event.preventDefault()
        if (desk.searching.state()) document.querySelector<HTMLInputElement>('[data-search-chat]')?.focus()
        else desk.searching.set(true)
      } else if (event.key === 'Escape' && !isCovered()) {
        if (stopDoing(desk)) desk.field.state()?.focus()
        else if (desk.searching.state()) desk.searching.set(false)
      }
    }

    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [desk])
}

/** A menu or a dialog is open, which the key closes by itself; one that is just going counts no more. */
function isCovered(): boolean {
  return document.querySelector('[role=menu][data-open], [role$=dialog][data-open]') !== null
}
