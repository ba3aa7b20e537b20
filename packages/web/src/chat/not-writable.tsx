/** Stands where the composer was while one may not write: why, and what can be done about it. */
import type { ErrorCode } from '@rookery/protocol'
import { useState } from 'react'
import type { Conversation } from '@rookery/client'
import { separatorTime } from '../i18n/dates.ts'
import { useLocale, type Locale } from '../i18n/locale.ts'
import { isUntilLifted } from '../groups/roles.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { useTitle } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import type { Barrier } from './barrier.ts'
import styles from './not-writable.module.css'

interface NotWritableProps {
  readonly conversation: Conversation
  readonly barrier: Exclude<Barrier, { kind: 'none' }>
}

export function NotWritable({ conversation, barrier }: NotWritableProps) {
  const locale = useLocale()
  const name = useTitle(conversation)
  switch (barrier.kind) {
    case 'dissolved':
      return <Reason text={m.barrier_dissolved()} />
    case 'gone':
      return <Reason text={m.barrier_gone()} />
    case 'silenced':
      return <Reason text={silencedText(barrier.until, locale)} />
    case 'all_silenced':
      return <Reason text={m.barrier_all_silenced()} />
    case 'blocked':
      return <Blocked peer={conversation.peer} name={name} />
    case 'no_contacts':
      return <NoContacts peer={conversation.peer} name={name} />
  }
}

function silencedText(until: number, locale: Locale): string {
  if (isUntilLifted(until, Date.now())) return m.barrier_silenced_open()
  return m.barrier_silenced({ time: separatorTime(until, locale) })
}

interface ReasonProps {
  readonly text: string
  readonly problem?: ErrorCode | null
  readonly children?: React.ReactNode
}

function Reason({ text, problem = null, children }: ReasonProps) {
  return (
    <div className={styles.line} data-testid="not-writable">
      <p>{text}</p>
      {problem !== null && <p role="alert">{refusalText(problem)}</p>}
      {children}
    </div>
  )
}

interface PeerProps {
  readonly peer: number
  readonly name: string
}

function Blocked({ peer, name }: PeerProps) {
  const client = useClient()
  const [problem, setProblem] = useState<ErrorCode | null>(null)

  async function unblock() {
    const answer = await client.call('contacts.block', { number: peer, blocked: false })
    setProblem(answer.ok ? null : answer.code)
  }

  return (
    <Reason text={m.barrier_blocked({ name })} problem={problem}>
      <Button look="primary" size="small" onClick={() => void unblock()}>
        {m.barrier_unblock()}
      </Button>
    </Reason>
  )
}

function NoContacts({ peer, name }: PeerProps) {
  const client = useClient()
  const state = useClientState(({ contacts }) => contacts.get(peer)?.state ?? 'none')
  const [problem, setProblem] = useState<ErrorCode | null>(null)

  async function addAgain() {
    const answer =
      state === 'incoming'
        ? await client.call('contacts.answer', { number: peer, accept: true })
        : await client.call('contacts.request', { number: peer })
    setProblem(answer.ok ? null : answer.code)
  }

  // They have blocked: whoever is blocked is not told so.
  if (state === 'friend') return <Reason text={m.barrier_not_now({ name })} />
  return (
    <Reason
      text={state === 'outgoing' ? m.chat_waiting_again({ name }) : m.chat_not_writable({ name })}
      problem={problem}
    >
      {state !== 'outgoing' && (
        <Button look="primary" size="small" onClick={() => void addAgain()}>
          {state === 'incoming' ? m.request_accept() : m.chat_add_again()}
        </Button>
      )}
    </Reason>
  )
}
