/** Stands where the composer was once two people are no contacts any more. */
import type { ErrorCode } from '@rookery/protocol'
import { useState } from 'react'
import type { Conversation } from '@rookery/client'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../paraglide/messages.js'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import styles from './not-writable.module.css'

export function NotWritable({ conversation: { peer, name } }: { readonly conversation: Conversation }) {
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

  return (
    <div className={styles.line} data-testid="not-writable">
      <p>{state === 'outgoing' ? m.chat_waiting_again({ name }) : m.chat_not_writable({ name })}</p>
      {problem !== null && <p role="alert">{refusalText(problem)}</p>}
      {state !== 'outgoing' && (
        <Button look="primary" size="small" onClick={() => void addAgain()}>
          {state === 'incoming' ? m.request_accept() : m.chat_add_again()}
        </Button>
      )}
    </div>
  )
}
