/** Speaks new messages; apart from the virtual list, whose rows come and go with scrolling. */
import { useEffect, useState } from 'react'
import { arrivals, type Arrival } from '../messages/arrivals.ts'
import { previewText } from '../messages/line-text.ts'
import { titleOf } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
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
      const latest = came.findLast((arrival) => isMeant(arrival, only))
      before = after
      if (!latest) return
      const { conversation, message } = latest
      setText(
        m.announce_message({ name: titleOf(after, conversation), text: previewText(after, conversation, message) }),
      )
    })
  }, [client, me.number, only])

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  )
}

function isMeant({ conversation: { id, muted } }: Arrival, only: number | undefined): boolean {
  return only === undefined ? !muted : id === only
}
