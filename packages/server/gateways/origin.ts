/** Whose pages may talk to this server, and where a request comes from. */

/**
 * A browser names the page's origin (RFC 6454); programs name none. Only our own pages pass: those of the host that
 * the request itself went to, or of the address in the settings.
 */
export function isForeignOrigin(headers: Headers, publicUrl: string | undefined): boolean {
  const origin = headers.get('origin')
  if (origin === null) return false
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return false
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host')
}

/**
 * The client's address. Behind proxies, the entry of X-Forwarded-For that the outermost trusted one wrote; entries
 * further to the left are the client's own words.
 */
export function clientAddress(headers: Headers, peer: string, proxies: number): string {
  if (proxies === 0) return peer
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return hops.at(-proxies) || peer
}
