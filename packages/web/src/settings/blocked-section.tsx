/** Who is blocked; shown while there is somebody. */
import { useMemo, useState } from 'react'
import { blockedOf, shownName } from '../contacts/sort-contacts.ts'
import person from '../contacts/find-people.module.css'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ProblemDialog } from '../ui/problem-dialog.tsx'
import styles from './blocked-section.module.css'
import { Section } from './section.tsx'

export function BlockedSection() {
  const client = useClient()
  const contacts = useClientState((state) => state.contacts)
  const blocked = useMemo(() => blockedOf(contacts), [contacts])
  const [problem, setProblem] = useState<string | null>(null)

  async function unblock(number: number) {
    const answer = await client.call('contacts.block', { number, blocked: false })
    if (!answer.ok) setProblem(refusalText(answer.code))
  }

  if (blocked.length === 0) return null
  return (
    <Section title={m.settings_blocked()}>
      <ul className={styles.list} aria-label={m.settings_blocked()}>
        {blocked.map((contact) => (
          <li key={contact.peer} className={styles.row} data-testid="blocked" data-peer={contact.peer}>
            <Avatar number={contact.peer} name={shownName(contact)} size={36} />
            <span className={person.text}>
              <span className={person.name}>{shownName(contact)}</span>
              <span className={person.number}>{contact.peer}</span>
            </span>
            <Button
              size="small"
              aria-label={m.settings_unblock_of({ name: shownName(contact) })}
              onClick={() => void unblock(contact.peer)}
            >
              {m.profile_unblock()}
            </Button>
          </li>
        ))}
      </ul>
      <ProblemDialog problem={problem} onClose={() => setProblem(null)} />
    </Section>
  )
}
