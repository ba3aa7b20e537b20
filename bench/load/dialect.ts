/** What a protocol of another server has to offer. */
import type { Wire } from './wire.ts'

export interface Dialect {
  /** Whether the server tells a sender that it took a message; if not, its arrival has to do. */
  readonly acknowledges: boolean
  /** How many log in at the same time. */
  readonly atOnce: number
  /** Resolves when the person is logged in and can be written to. */
  connect(port: number, name: string, receiver: OtherReceiver): Promise<Wire>
  /** One message to that person, and what makes another of the same length of it. */
  makeMessage(to: string): { readonly bytes: Buffer; renumber(bytes: Buffer, start: number, number: number): void }
}

export interface OtherReceiver {
  /** A message came, and this is the number in it. */
  delivered(number: number): void
  /** The server took a message from here. */
  acknowledged(): void
  /** Everything that arrived at once has been told. */
  flush(): void
  lost(reason: string): void
}
