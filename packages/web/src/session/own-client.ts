/** A connection of this very context, with what this device keeps: in the shared worker, or in the window that leads. */
import { connect, openIndexedDbCache, type HostedClient } from '@rookery/client'

/** Some private windows have no database, or refuse to open it: then history lives as long as the connection. */
export function openOwnClient(number: number): HostedClient {
  return connect({ url: location.origin, number, cache: openIndexedDbCache(number) })
}
