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
  /** Loads a page of older messages, held ones or from the server. False when there are none, or not now. */
  loadOlder(conversation: number): Promise<boolean>
  /** Says which chats are on the screen: how far others have read and who is writing is kept up for these only. */
  look(conversations: readonly number[]): void
  /** Says that something is being written, at each keystroke: the others are told every few seconds at most. */
  typing(conversation: number): void
  /** Moves the read pointer forward to `seq`. */
  read(conversation: number, seq: number): void
  /** Connects, or compares, at once instead of later: the network is back, or somebody came back to the screen. */
  wake(): void
  /** Ends the connection for good; what is held is written down first. */
  close(): void
}
