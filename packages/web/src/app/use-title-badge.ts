/** Shows in the title of the window how much is unread. */
import { useEffect } from 'react'
import { totalUnread } from '../messages/order.ts'
import { useClientState } from '../session/use-session.tsx'
import { badgeText } from '../ui/badge.tsx'

const product = 'Rookery'

export function useTitleBadge(): void {
  const unread = useClientState((state) => totalUnread(state.conversations))

  useEffect(() => {
    document.title = unread === 0 ? product : `(${badgeText(unread)}) ${product}`
  }, [unread])

  useEffect(
    () => () => {
      document.title = product
    },
    [],
  )
}
