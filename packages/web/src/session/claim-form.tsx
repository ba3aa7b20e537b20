/** Chooses the password of an account that an administrator made. */
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { checkPasswords, type AccountProblem } from './check-account.ts'
import styles from './entry-frame.module.css'
import { accountProblemText, entryRefusalText } from './entry-text.ts'
import { PasswordFields } from './password-fields.tsx'
import { claimAccount } from './session.ts'
import { useSubmit } from '../ui/use-submit.ts'

interface ClaimFormProps {
  readonly ticket: string
  /** So that the browser keeps the password under it. */
  readonly number: number
}

export function ClaimForm({ ticket, number }: ClaimFormProps) {
  const [wrong, setWrong] = useState<AccountProblem | null>(null)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const found = checkPasswords(field('password'), field('confirm'))
    setWrong(found)
    if (found !== null) return accountProblemText(found)
    const refusal = await claimAccount(field('password'), field('confirm'), ticket)
    return refusal && entryRefusalText(refusal)
  })
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <input type="hidden" name="username" autoComplete="username" value={number} readOnly />
      <PasswordFields
        passwordLabel={m.signup_password()}
        confirmLabel={m.signup_confirm()}
        differ={wrong === 'passwords_differ'}
      />
      <FormNote kind="problem" text={problem} />
      <div className={styles.actions}>
        <Button look="primary" type="submit" disabled={busy}>
          {m.join_claim_submit()}
        </Button>
      </div>
    </form>
  )
}
