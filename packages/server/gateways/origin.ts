/** Whose pages may talk to this server, and where a request comes from. */
import { isIPv6 } from 'node:net'

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
 * The client's address, as limits count it. Behind proxies, the entry of X-Forwarded-For that the outermost trusted one wrote; entries
 * further to the left are the client's own words.
 */
export function clientAddress(headers: Headers, peer: string, proxies: number): string {
  if (proxies === 0) return networkOf(peer)
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return networkOf(hops.at(-proxies) || peer)
}

/** Whoever has one IPv6 address has 2^64 of them (RFC 4291, 2.5.4): they count as one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || /^::ffff:\d+\./i.test(address)) return address
  // What follows a % is a network card's name, and may be anything.
  const [groups = ''] = address.split('%')
  const [before = [], after] = groups.split('::').map((side) => side.split(':').filter(Boolean))
  const zeros = after ? Array<string>(8 - before.length - after.length).fill('0') : []
  return `${[...before, ...zeros, ...(after ?? [])].slice(0, 4).join(':')}::/64`
}
