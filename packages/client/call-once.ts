/** One operation over HTTP, for what comes before a connection: log-in, sign-up, tickets. */
import { refuse, type Answer, type Input, type OperationName, type WireError } from '@rookery/protocol'

export interface CallOnceOptions {
  readonly token?: string
  /** The server keeps the new session's token in an HttpOnly cookie and does not show it to the page. */
  readonly cookie?: boolean
}

/**
 * Asks `POST url/api/name`. Refusals are values; `unreachable` when no answer came.
 * With `cookie`, the answer's `token` is an empty string.
 */
export async function callOnce<Name extends OperationName>(
  url: string,
  name: Name,
  input: Input<Name>,
  { token, cookie = false }: CallOnceOptions = {},
): Promise<Answer<Name>> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  if (cookie) headers['rookery-session'] = 'cookie'
  try {
    const response = await fetch(new URL(`/api/${name}`, url), {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
      credentials: 'same-origin',
    })
    const answer: unknown = await response.json()
    if (response.ok) return { ok: true, value: answer } as Answer<Name>
    const { error } = answer as { error: WireError }
    return refuse(error.code, error.retry_after_ms)
  } catch {
    return refuse('unreachable')
  }
}
