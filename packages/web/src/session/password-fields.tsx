/** A new password, typed twice. */
import { LIMITS } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import { TextField } from '../ui/text-field.tsx'

interface PasswordFieldsProps {
  readonly passwordLabel: string
  readonly confirmLabel: string
  readonly differ?: boolean
}

export function PasswordFields({ passwordLabel, confirmLabel, differ = false }: PasswordFieldsProps) {
  return (
    <>
      <TextField
        label={passwordLabel}
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={LIMITS.passwordMaxLength}
        hint={m.signup_password_rule({ count: LIMITS.passwordMinLength })}
        required
      />
      <TextField
        label={confirmLabel}
        name="confirm"
        type="password"
        autoComplete="new-password"
        maxLength={LIMITS.passwordMaxLength}
        invalid={differ}
        required
      />
    </>
  )
}
