/** Lists of networks in CIDR notation (RFC 4632). */
import { BlockList, isIP } from 'node:net'

/** Null where an entry is no network. An address without a length is a network of one. */
export function parseNetworks(list: string): BlockList | null {
  const networks = new BlockList()
  for (const entry of list.split(',')) {
    const [address = '', length, ...rest] = entry.trim().split('/')
    const version = isIP(address)
    const longest = version === 6 ? 128 : 32
    const bits = length === undefined ? longest : Number(length)
    if (version === 0 || rest.length > 0 || !/^\d+$/.test(length ?? '0') || bits > longest) return null
    networks.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return networks
}

/** IPv4 addresses mapped into IPv6 (RFC 4291, 2.5.5.2) count as what they are. */
export function isWithin(networks: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return networks.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}
