/** `/g#TICKET`: which group a link leads to, and the way in. */
import type { Answer } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { EntryFrame } from '../session/entry-frame.tsx'
import entry from '../session/entry-frame.module.css'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { waitForConversation } from './arrival.ts'
import { GroupLine } from './group-line.tsx'

export function GroupLinkPage() {
  const ticket = location.hash.slice(1)
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const [answer, setAnswer] = useState<Answer<'groups.readLink'> | null>(null)

  useEffect(() => {
    let wanted = true
    async function read() {
      const next = await client.call('groups.readLink', { ticket })
      if (wanted) setAnswer(next)
    }
    if (online) void read()
    return () => {
      wanted = false
    }
  }, [client, online, ticket])

  if (answer === null) return <EntryFrame title={m.group_link_title()} detail={m.join_checking()} />
  if (!answer.ok) {
    return (
      <EntryFrame title={m.group_link_title()} detail={m.app_tagline()}>
        <FormNote kind="problem" text={answer.code === 'bad_request' ? m.group_link_bad() : linkRefusal(answer.code)} />
        <Link href="/" className={entry.link}>
          {m.join_to_messages()}
        </Link>
      </EntryFrame>
    )
  }
  return (
    <EntryFrame title={m.group_link_title()} detail={m.group_link_invited()}>
      <GroupLine group={answer.value} />
      <JoinButton ticket={ticket} conversation={answer.value.conversation} />
    </EntryFrame>
  )
}

function linkRefusal(code: Parameters<typeof refusalText>[0]): string {
  return code === 'ticket_invalid' ? m.group_link_bad() : refusalText(code)
}

function JoinButton({ ticket, conversation }: { readonly ticket: string; readonly conversation: number }) {
  const client = useClient()
  const [, go] = useLocation()
  const isIn = useClientState(({ conversations }) => conversations.has(conversation))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function join() {
    setBusy(true)
    const answer = await client.call('groups.joinByLink', { ticket })
    setBusy(false)
    if (!answer.ok && answer.code !== 'already_member') return setProblem(linkRefusal(answer.code))
    await waitForConversation(client, conversation)
    go(`/c/${conversation}`, { replace: true })
  }

  return (
    <div className={entry.form}>
      <FormNote kind="problem" text={problem} />
      <div className={entry.actions}>
        <Button
          look="primary"
          disabled={busy}
          onClick={() => (isIn ? go(`/c/${conversation}`, { replace: true }) : void join())}
        >
          {isIn ? m.group_open() : m.group_join()}
        </Button>
        <Link href="/" className={entry.link}>
          {m.join_to_messages()}
        </Link>
      </div>
    </div>
  )
}
