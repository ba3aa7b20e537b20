/** The one real client, as the host of several windows needs it. */
import type { Sendable } from '@rookery/protocol'
import type { Client } from '../client.ts'

export interface HostedClient extends Client {
  /**
   * Takes a message that a window wrote, with the id it has there: as `send` does, it stands in `state()` as pending
   * when this returns, and it is kept before it goes out. An id that is known already, pending or sent, is left alone.
   */
  sendAs(conversation: number, id: string, body: Sendable): void
}
