/** What a refusal says to a person. Screens that know better say it themselves. */
import { LIMITS, type ErrorCode } from '@rookery/protocol'
import { m } from './messages.ts'

export function refusalText(code: ErrorCode): string {
  switch (code) {
    case 'bad_request':
      return m.error_bad_request()
    case 'unauthenticated':
      return m.error_unauthenticated()
    case 'wrong_credentials':
      return m.login_wrong()
    case 'wrong_old_password':
      return m.error_wrong_old_password()
    case 'passwords_differ':
      return m.signup_passwords_differ()
    case 'registration_closed':
      return m.signup_closed()
    case 'ticket_invalid':
      return m.join_invalid()
    case 'name_taken':
    case 'number_taken':
      return m.signup_name_taken()
    case 'not_found':
      return m.error_not_found()
    case 'weak_password':
      return m.signup_password_short({ count: LIMITS.passwordMinLength })
    case 'already_contacts':
      return m.error_already_contacts()
    case 'already_asked':
      return m.error_already_asked()
    case 'too_many_contacts':
      return m.error_too_many_contacts()
    case 'forbidden':
    case 'not_member':
      return m.error_forbidden()
    case 'not_writable':
      return m.error_not_writable()
    case 'message_id_conflict':
      return m.error_message_id_conflict()
    case 'too_large':
      return m.error_too_large()
    case 'too_many_requests':
      return m.error_too_many_requests()
    case 'internal':
      return m.error_internal()
    case 'unavailable':
      return m.error_unavailable()
    case 'unreachable':
      return m.error_unreachable()
    case 'storage_full':
      return m.error_storage_full()
    case 'not_allowed_in_group':
      return m.error_not_allowed_in_group()
    case 'already_member':
      return m.error_already_member()
    case 'group_full':
      return m.error_group_full()
    case 'too_many_admins':
      return m.error_too_many_admins()
    case 'too_many_groups':
      return m.error_too_many_groups()
    case 'owner_cannot_leave':
      return m.error_owner_cannot_leave()
    case 'wrong_password':
      return m.error_wrong_password()
    case 'second_factor':
      return m.error_second_factor()
    case 'wrong_code':
      return m.error_wrong_code()
    case 'second_factor_on':
      return m.error_second_factor_on()
    case 'passkey_refused':
      return m.error_passkey_refused()
    case 'passkeys_unavailable':
      return m.error_passkeys_unavailable()
    case 'too_many_passkeys':
      return m.error_too_many_passkeys()
    case 'not_editable':
    case 'recalled':
    case 'too_many_reactions':
    case 'foreign_origin':
    case 'unknown_operation':
      return m.error_unknown({ code })
    default:
      return m.error_unknown({ code: code satisfies never })
  }
}
