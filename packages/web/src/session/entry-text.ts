/** What log-in and sign-up say when they are refused. */
import { LIMITS, type ErrorCode, type Refusal } from '@rookery/protocol'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import type { AccountProblem } from './check-account.ts'

export function accountProblemText(problem: AccountProblem): string {
  switch (problem) {
    case 'name_empty':
      return m.signup_name_empty()
    case 'name_digits':
      return m.signup_name_digits()
    case 'password_short':
      return m.signup_password_short({ count: LIMITS.passwordMinLength })
    case 'passwords_differ':
      return m.signup_passwords_differ()
  }
}

const texts: Partial<Record<ErrorCode, () => string>> = {
  wrong_credentials: m.login_wrong,
  too_many_requests: m.login_too_many,
  wrong_code: m.error_wrong_code,
  passkey_refused: m.error_passkey_refused,
  passkeys_unavailable: m.error_passkeys_unavailable,
  unreachable: m.login_unreachable,
  passwords_differ: m.signup_passwords_differ,
  name_taken: m.signup_name_taken,
  registration_closed: m.signup_closed,
  ticket_invalid: m.join_invalid,
}

export function entryRefusalText({ code, retry_after_ms }: Refusal): string {
  if (code === 'too_many_requests' && retry_after_ms !== undefined) {
    return m.login_too_many_seconds({ seconds: Math.ceil(retry_after_ms / 1000) })
  }
  return texts[code]?.() ?? m.login_unknown_error({ reason: refusalText(code) })
}
