/** What proves who is at the device: the password, and a code. */
import { LIMITS } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import { TextField } from '../ui/text-field.tsx'

export function PasswordField({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  return (
    <TextField
      label={m.factor_password()}
      name="password"
      type="password"
      autoComplete="current-password"
      maxLength={LIMITS.passwordMaxLength}
      required
      autoFocus={autoFocus}
    />
  )
}

interface CodeFieldProps {
  readonly label: string
  readonly hint?: string
  readonly autoFocus?: boolean
}

export function CodeField({ label, hint, autoFocus = false }: CodeFieldProps) {
  return (
    <TextField
      label={label}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={32}
      required
      autoFocus={autoFocus}
      {...(hint !== undefined && { hint })}
    />
  )
}
