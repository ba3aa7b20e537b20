/** The browser's session: a cookie that no script can read (RFC 6265). */
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'

const name = 'rookery'
const year = 365 * 86_400

export function readSessionCookie(headers: Headers): string | undefined {
  return parse(headers.get('cookie') ?? '', name)[name]
}

export function setSessionCookie(context: Context, token: string, secure: boolean): void {
  setCookie(context, name, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: year, secure })
}

export function clearSessionCookie(context: Context): void {
  deleteCookie(context, name, { path: '/' })
}
