/** One person that was found, and what can be done: add, accept, write to, or nothing. */
import type { ErrorCode, Person } from '@rookery/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { refusalText } from '../i18n/refusal-text.ts'
import { findByPeer } from '../messages/order.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import styles from './find-people.module.css'

interface FoundPersonProps {
  readonly person: Person
  readonly onAdd: (person: Person) => void
  readonly onClose: () => void
}

export function FoundPerson({ person, onAdd, onClose }: FoundPersonProps) {
  const { number, name, avatar } = person
  return (
    <li className={styles.person} data-testid="found-person" data-number={number}>
      <Avatar number={number} name={name} size={36} picture={avatar} />
      <span className={styles.text}>
        <span className={styles.name}>{name}</span>
        <span className={styles.number}>{number}</span>
      </span>
      <PersonAction person={person} onAdd={onAdd} onClose={onClose} />
    </li>
  )
}

function PersonAction({ person, onAdd, onClose }: FoundPersonProps) {
  const { number, name } = person
  const client = useClient()
  const me = useMe()
  const [, go] = useLocation()
  const state = useClientState(({ contacts }) => contacts.get(number)?.state ?? 'none')
  const conversation = useClientState(({ conversations }) => findByPeer(conversations, number)?.id ?? null)
  const [problem, setProblem] = useState<ErrorCode | null>(null)

  async function accept() {
    const answer = await client.call('contacts.answer', { number, accept: true })
    setProblem(answer.ok ? null : answer.code)
  }

  if (problem !== null) return <span className={styles.state}>{refusalText(problem)}</span>
  if (number === me.number) return <span className={styles.state}>{m.add_self()}</span>
  switch (state) {
    case 'friend':
      return (
        <>
          <span className={styles.state}>{m.add_already()}</span>
          {conversation !== null && (
            <Button
              size="small"
              aria-label={m.add_message_of({ name })}
              onClick={() => {
                onClose()
                go(`/c/${conversation}`)
              }}
            >
              {m.profile_message()}
            </Button>
          )}
        </>
      )
    case 'outgoing':
      return <span className={styles.state}>{m.add_waiting()}</span>
    case 'incoming':
      return (
        <Button look="primary" size="small" aria-label={m.request_accept_of({ name })} onClick={() => void accept()}>
          {m.request_accept()}
        </Button>
      )
    case 'none':
      return (
        <Button look="primary" size="small" aria-label={m.add_action_of({ name })} onClick={() => onAdd(person)}>
          {m.add_action()}
        </Button>
      )
  }
}
