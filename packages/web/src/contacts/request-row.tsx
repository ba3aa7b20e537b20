/** A request that waits: for our answer, or for theirs. */
import type { ContactRow, ErrorCode } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import styles from './request-row.module.css'

export function RequestRow({ request }: { readonly request: ContactRow }) {
  const { peer, name, state, greeting } = request
  const client = useClient()
  const [problem, setProblem] = useState<ErrorCode | null>(null)

  async function answer(accept: boolean) {
    const result = await client.call('contacts.answer', { number: peer, accept })
    setProblem(result.ok ? null : result.code)
  }

  async function withdraw() {
    const result = await client.call('contacts.remove', { number: peer })
    setProblem(result.ok ? null : result.code)
  }

  return (
    <li className={styles.row} data-testid="request" data-peer={peer} data-state={state}>
      <Avatar number={peer} name={name} size={36} />
      <div className={styles.text}>
        <p className={styles.name}>{name}</p>
        <p className={styles.detail}>
          {state === 'outgoing' ? m.request_outgoing() : greeting || m.request_incoming({ name })}
        </p>
        {problem !== null && (
          <p role="alert" className={styles.problem}>
            {refusalText(problem)}
          </p>
        )}
        <div className={styles.actions}>
          {state === 'incoming' && (
            <>
              <Button
                look="primary"
                size="small"
                aria-label={m.request_accept_of({ name })}
                onClick={() => void answer(true)}
              >
                {m.request_accept()}
              </Button>
              <Button size="small" aria-label={m.request_refuse_of({ name })} onClick={() => void answer(false)}>
                {m.request_refuse()}
              </Button>
            </>
          )}
          {state === 'outgoing' && (
            <Button size="small" aria-label={m.request_withdraw_of({ name })} onClick={() => void withdraw()}>
              {m.request_withdraw()}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
