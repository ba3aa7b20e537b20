/** The title of the window, with how much is unread in front. */
import { useEffect } from 'react'
import { badgeText } from '../ui/badge.tsx'

export const product = 'Rookery'

export function useTitleBadge(title: string, unread: number): void {
  useEffect(() => {
    document.title = unread === 0 ? title : `(${badgeText(unread)}) ${title}`
  }, [title, unread])

  useEffect(
    () => () => {
      document.title = product
    },
    [],
  )
}
