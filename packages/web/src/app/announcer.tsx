/** Speaks new messages; apart from the virtual list, whose rows come and go with scrolling. */
import { useEffect, useState } from 'react'
import { arrivals } from '../messages/arrivals.ts'
import { bodyText } from '../messages/body-text.ts'
import { m } from '../paraglide/messages.js'
import { useClient, useMe } from '../session/use-session.tsx'

interface AnnouncerProps {
  /** In a window of one chat nothing else is spoken. */
  readonly only?: number
}

export function Announcer({ only }: AnnouncerProps) {
  const client = useClient()
  const me = useMe()
  const [text, setText] = useState('')

  useEffect(() => {
    let before = client.state()
    return client.subscribe(() => {
      const after = client.state()
      const came = before.synced ? arrivals(before.conversations, after.conversations, me.number) : []
      const latest = came.findLast(({ message }) => only === undefined || message.conversation === only)
      before = after
      if (latest) setText(m.announce_message({ name: latest.name, text: bodyText(latest.message.body) }))
    })
  }, [client, me.number, only])

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  )
}
