/** The one table of refusals, the result type that carries them, and the close codes of a socket. */

/**
 * Whether the same request can succeed later without anybody changing it:
 * `no`, it never will; `later`, after a pause (`retry_after_ms` where it is known).
 */
export type Retry = 'no' | 'later'

interface ErrorEntry {
  readonly status: number
  readonly message: string
  readonly retry: Retry
}

/** Every refusal there is: its HTTP status (RFC 9110), its text, and whether to try again. */
export const errors = {
  bad_request: { status: 400, message: 'The request does not have the form this operation takes.', retry: 'no' },
  unknown_operation: { status: 404, message: 'There is no such operation.', retry: 'no' },
  unauthenticated: { status: 401, message: 'Log in first.', retry: 'no' },
  wrong_credentials: { status: 401, message: 'Wrong number or password.', retry: 'no' },
  wrong_old_password: { status: 403, message: 'The old password is wrong.', retry: 'no' },
  weak_password: { status: 400, message: 'The password is too short.', retry: 'no' },
  passwords_differ: { status: 400, message: 'The two passwords must be the same.', retry: 'no' },
  forbidden: { status: 403, message: 'You may not do this.', retry: 'no' },
  foreign_origin: { status: 403, message: 'This page may not talk to this server.', retry: 'no' },
  registration_closed: { status: 403, message: 'Sign-up is not open here.', retry: 'no' },
  ticket_invalid: { status: 403, message: 'This link was used already, or has expired.', retry: 'no' },
  name_taken: { status: 409, message: 'This user name is signed up already.', retry: 'no' },
  number_taken: { status: 409, message: 'This number is signed up already.', retry: 'no' },
  second_factor: { status: 401, message: 'The code of the second factor is needed.', retry: 'no' },
  wrong_password: { status: 403, message: 'The password is wrong.', retry: 'no' },
  second_factor_on: { status: 409, message: 'The second factor is switched on already.', retry: 'no' },
  passkey_refused: { status: 401, message: 'This passkey was not accepted.', retry: 'no' },
  passkeys_unavailable: { status: 403, message: 'Passkeys do not work at this address of the server.', retry: 'no' },
  too_many_passkeys: { status: 409, message: 'This account has as many passkeys as it may have.', retry: 'no' },
  wrong_code: { status: 401, message: 'The code is wrong.', retry: 'no' },
  not_found: { status: 404, message: 'There is nothing by that name or number.', retry: 'no' },
  not_member: { status: 403, message: 'You are not in this conversation.', retry: 'no' },
  not_writable: { status: 403, message: 'You can no longer write in this conversation.', retry: 'no' },
  already_contacts: { status: 409, message: 'You are contacts already.', retry: 'no' },
  already_asked: { status: 409, message: 'You have asked already; they have not answered yet.', retry: 'no' },
  too_many_contacts: { status: 409, message: 'The contact list is full.', retry: 'no' },
  not_editable: { status: 403, message: 'This message cannot be changed by you.', retry: 'no' },
  recalled: { status: 410, message: 'This message was taken back.', retry: 'no' },
  too_many_reactions: { status: 409, message: 'There are too many reactions to this message.', retry: 'no' },
  not_allowed_in_group: { status: 403, message: 'Your role in this group does not allow this.', retry: 'no' },
  already_member: { status: 409, message: 'Already in this group.', retry: 'no' },
  group_full: { status: 409, message: 'The group is full.', retry: 'no' },
  too_many_admins: { status: 409, message: 'The group has as many admins as it may have.', retry: 'no' },
  too_many_groups: { status: 409, message: 'You are in as many groups as one may be.', retry: 'no' },
  owner_cannot_leave: { status: 409, message: 'Hand the group over, or dissolve it.', retry: 'no' },
  message_id_conflict: { status: 409, message: 'This message id was used for another message.', retry: 'no' },
  too_large: { status: 413, message: 'The request is too large.', retry: 'no' },
  too_many_requests: { status: 429, message: 'Too many requests; wait a little.', retry: 'later' },
  internal: { status: 500, message: 'Something went wrong on the server.', retry: 'later' },
  unavailable: { status: 503, message: 'The server cannot answer right now.', retry: 'later' },
  /** Said by clients to themselves: no answer came, so what the server did is unknown. */
  unreachable: { status: 503, message: 'The server cannot be reached.', retry: 'later' },
  storage_full: { status: 507, message: 'The server has no space left to store this.', retry: 'later' },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errors

/** A refusal: expected, and a value. Bugs throw instead. */
export interface Refusal<Code extends ErrorCode = ErrorCode> {
  readonly ok: false
  readonly code: Code
  readonly retry_after_ms?: number
}

export type Result<Value, Code extends ErrorCode = ErrorCode> =
  | { readonly ok: true; readonly value: Value }
  | Refusal<Code>

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

export function refuse<Code extends ErrorCode>(code: Code, retryAfterMs?: number): Refusal<Code> {
  return retryAfterMs === undefined ? { ok: false, code } : { ok: false, code, retry_after_ms: retryAfterMs }
}

/** What a refusal looks like on every wire. */
export interface WireError {
  code: ErrorCode
  message: string
  retry: Retry
  retry_after_ms?: number
}

export function wireError({ code, retry_after_ms }: Refusal): WireError {
  const { message, retry } = errors[code]
  return retry_after_ms === undefined ? { code, message, retry } : { code, message, retry, retry_after_ms }
}

/**
 * Why the server closed a socket. The range tells the client what to do (the idea is Centrifuge's):
 * 4000 to 4499 connect again; 4500 to 4999 do not. RFC 6455's own codes mean "connect again",
 * but for 1008 and 1009, which the same frame would only meet again.
 */
export const closeCodes = {
  logInDeadline: 4000,
  slowConsumer: 4001,
  tooManyRequests: 4002,
  sessionRevoked: 4500,
  badFrame: 4501,
} as const

/** RFC 6455's own: this server stops. Connect again, to another node now or here in a moment. */
export const serviceRestart = 1012

export function mayReconnect(closeCode: number): boolean {
  return closeCode < 4500 && closeCode !== 1008 && closeCode !== 1009
}
