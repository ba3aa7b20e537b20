/** A user name and a password, twice; a ticket where one is needed. */
import { LIMITS } from '@rookery/protocol'
import { useState, type ReactNode } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { checkName, checkPasswords, type AccountProblem } from './check-account.ts'
import styles from './entry-frame.module.css'
import { accountProblemText, entryRefusalText } from './entry-text.ts'
import { PasswordFields } from './password-fields.tsx'
import { signUp } from './session.ts'
import { useSubmit } from '../ui/use-submit.ts'

interface SignUpFormProps {
  readonly ticket: string | null
  readonly children?: ReactNode
}

export function SignUpForm({ ticket, children }: SignUpFormProps) {
  const [wrong, setWrong] = useState<AccountProblem | null>(null)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const found = checkName(field('name')) ?? checkPasswords(field('password'), field('confirm'))
    setWrong(found)
    if (found !== null) return accountProblemText(found)
    const refusal = await signUp(field('name'), field('password'), field('confirm'), ticket)
    return refusal && entryRefusalText(refusal)
  })
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={m.signup_name()}
        name="name"
        autoComplete="username"
        spellCheck={false}
        maxLength={LIMITS.nameLength}
        hint={m.signup_name_rule({ count: LIMITS.nameLength })}
        required
        autoFocus
      />
      <PasswordFields
        passwordLabel={m.signup_password()}
        confirmLabel={m.signup_confirm()}
        differ={wrong === 'passwords_differ'}
      />
      <FormNote kind="problem" text={problem} />
      <div className={styles.actions}>
        <Button look="primary" type="submit" disabled={busy}>
          {m.signup_submit()}
        </Button>
        {children}
      </div>
    </form>
  )
}
