/** Speaks new messages; apart from the virtual list, whose rows come and go with scrolling. */
import { useEffect, useState } from 'react'
import { arrivals } from '../messages/arrivals.ts'
import { bodyText } from '../messages/body-text.ts'
import { m } from '../paraglide/messages.js'
import { useClient, useMe } from '../session/use-session.tsx'

export function Announcer() {
  const client = useClient()
  const me = useMe()
  const [text, setText] = useState('')

  useEffect(() => {
    let before = client.state()
    return client.subscribe(() => {
      const after = client.state()
      const latest = before.synced ? arrivals(before.conversations, after.conversations, me.number).at(-1) : undefined
      before = after
      if (latest) setText(m.announce_message({ name: latest.name, text: bodyText(latest.message.body) }))
    })
  }, [client, me.number])

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  )
}
