/** The client's face: state to draw, verbs to call. */
import type { Answer, Input, OperationName } from '@rookery/protocol'
import type { ClientState } from './state.ts'

export interface Client {
  /** The newest state; the same object until something changes. */
  readonly state: () => ClientState
  /** Calls `listener` after each change; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
  /** Asks the server for an operation. A refusal is a value; `unreachable` when no answer came. */
  call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>>
  /** Shows the text at once as pending and sends it when it can; returns the message's id. */
  send(conversation: number, text: string): string
  /** Tries a failed message again, with the same id. */
  retry(conversation: number, id: string): void
  /** Forgets a failed message. */
  discard(conversation: number, id: string): void
  /** Loads a page of older messages. False when the beginning is reached. */
  loadOlder(conversation: number): Promise<boolean>
  /** Asks for what is not kept in step by revisions (how far the other has read), now and after each reconnect. */
  open(conversation: number): Promise<void>
  /** Moves the read pointer forward to `seq`. */
  read(conversation: number, seq: number): void
  /** Ends the connection for good. */
  close(): void
}
