/** `/join#TICKET`: says what a one-time link is good for, and does it. */
import { callOnce } from '@rookery/client'
import type { Answer } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { m } from '../i18n/messages.ts'
import { FormNote } from '../ui/form-note.tsx'
import { ClaimForm } from './claim-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'
import { entryRefusalText } from './entry-text.ts'
import { SignUpForm } from './sign-up-form.tsx'

export function JoinPage() {
  const ticket = location.hash.slice(1)
  const [answer, setAnswer] = useState<Answer<'tickets.read'> | null>(null)

  useEffect(() => {
    let wanted = true
    async function read() {
      const next = await callOnce(location.origin, 'tickets.read', { ticket })
      if (wanted) setAnswer(next)
    }
    void read()
    return () => {
      wanted = false
    }
  }, [ticket])

  if (answer === null) return <EntryFrame title={m.signup_title()} detail={m.join_checking()} />
  if (!answer.ok) {
    // A link cut short is no request at all to the server; to the reader it is a link that does not work.
    const text = answer.code === 'bad_request' ? m.join_invalid() : entryRefusalText(answer)
    return (
      <EntryFrame title={m.signup_title()} detail={m.app_tagline()}>
        <FormNote kind="problem" text={text} />
        <Link href="/" className={styles.link}>
          {m.signup_have_account()}
        </Link>
      </EntryFrame>
    )
  }
  switch (answer.value.kind) {
    case 'admin':
      return (
        <EntryFrame title={m.join_admin_title()} detail={m.join_admin_detail()}>
          <SignUpForm ticket={ticket} />
        </EntryFrame>
      )
    case 'invite':
      return (
        <EntryFrame title={m.join_invite_title()} detail={m.join_invite_detail()}>
          <SignUpForm ticket={ticket} />
        </EntryFrame>
      )
    case 'claim': {
      const { name, number } = answer.value.person
      return (
        <EntryFrame title={m.join_claim_title({ name })} detail={m.join_claim_detail({ number })}>
          <ClaimForm ticket={ticket} number={number} />
        </EntryFrame>
      )
    }
  }
}
