/** Somebody asks to come into a group: one whom we may let in, or ourselves. */
import type { ErrorCode, GroupRequestRow } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import row from '../contacts/request-row.module.css'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'

export function GroupRequest({ request }: { readonly request: GroupRequestRow }) {
  const { conversation, group, number, name, greeting, state } = request
  const client = useClient()
  const me = useMe()
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const own = number === me.number
  // For their picture.
  useEffect(() => client.know([number]), [client, number])

  async function answer(accept: boolean) {
    const result = await client.call('groups.answer', { conversation, number, accept })
    setProblem(result.ok ? null : result.code)
  }

  return (
    <li
      className={row.row}
      data-testid="group-request"
      data-group={conversation}
      data-number={number}
      data-state={state}
    >
      {own ? (
        <Avatar number={conversation} name={group} size={36} shape="group" />
      ) : (
        <Avatar number={number} name={name} size={36} />
      )}
      <div className={row.text}>
        <p className={row.name}>{own ? group : name}</p>
        {!own && <p className={row.detail}>{m.group_request_of({ group })}</p>}
        {!own && greeting !== '' && <p className={row.detail}>{greeting}</p>}
        {own && (
          <p className={row.detail}>{state === 'refused' ? m.group_request_refused() : m.group_request_waiting()}</p>
        )}
        {problem !== null && (
          <p role="alert" className={row.problem}>
            {refusalText(problem)}
          </p>
        )}
        {!own && (
          <div className={row.actions}>
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
          </div>
        )}
      </div>
    </li>
  )
}
