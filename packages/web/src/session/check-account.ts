/** What a form can tell about a new account before the server is asked. */
import { LIMITS } from '@rookery/protocol'

export type AccountProblem = 'name_empty' | 'name_digits' | 'password_short' | 'passwords_differ'

/** The server holds the same rules and has the last word. */
export function checkName(name: string): AccountProblem | null {
  if (name.trim() === '') return 'name_empty'
  if (/^\d+$/.test(name.trim().normalize('NFKC'))) return 'name_digits'
  return null
}

export function checkPasswords(password: string, confirm: string): AccountProblem | null {
  if (password.length < LIMITS.passwordMinLength) return 'password_short'
  if (password !== confirm) return 'passwords_differ'
  return null
}
