/** The client's face: state to draw, verbs to call. */
import type { Answer, Input, MessageRow, OperationName, Sendable } from '@rookery/protocol'
import type { Arrangement, ClientState } from './state.ts'

export interface Client {
  /** The newest state; the same object until something changes. */
  readonly state: () => ClientState
  /** Calls `listener` after each change; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
  /**
   * Asks the server for an operation. A refusal is a value; `unreachable` when no answer came. Rows in the answer are
   * in the state when it resolves.
   */
  call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>>

  /** Shows it at once as pending and sends it when it can; returns the message's id. A string is a plain text. */
  send(conversation: number, body: Sendable | string): string
  /** Tries a failed message again, with the same id. */
  retry(conversation: number, id: string): void
  /** Forgets a failed message. */
  discard(conversation: number, id: string): void
  /** Changes the text of a message of one's own. Now or not at all: `unreachable` where there is no connection. */
  edit(conversation: number, seq: number, text: string): Promise<Answer<'messages.edit'>>
  /** Takes a message back. Now or not at all. */
  recall(conversation: number, seq: number): Promise<Answer<'messages.recall'>>
  /** Puts an emoji under a message, or takes it away. Now or not at all. */
  react(conversation: number, seq: number, emoji: string, on: boolean): Promise<Answer<'messages.react'>>

  /**
   * Loads a page of older messages, held ones or from the server: below the place that was jumped to (`around`), or
   * below the newest ones. False when there are none, or not now.
   */
  loadOlder(conversation: number): Promise<boolean>
  /** Loads a page above the place that was jumped to. False when that has met the newest ones, or not now. */
  loadNewer(conversation: number): Promise<boolean>
  /** Jumps to a message: it is then in `messages`, or in `around`. False where there is none for us, or not now. */
  loadAround(conversation: number, seq: number): Promise<boolean>
  /** Back to the newest messages. */
  leaveAround(conversation: number): void
  /**
   * A single message, such as what a reply answers. Null where there is none for us; undefined where it is not known
   * yet: it is asked for, and then in the state.
   */
  quoted(conversation: number, seq: number): MessageRow | null | undefined

  /** Says which chats are on the screen: how far others have read and who is writing is kept up for these only. */
  look(conversations: readonly number[]): void
  /** Says that something is being written, at each keystroke: the others are told every few seconds at most. */
  typing(conversation: number): void
  /** Says whether nobody has touched this device for a while, or somebody has again: contacts then see it as away. */
  rest(resting: boolean): void
  /** Moves the read pointer forward to `seq`, and takes the mark as unread away. */
  read(conversation: number, seq: number): void
  /** Pins, mutes, marks as unread, keeps a draft: in the state at once, on the server when it can be reached. */
  arrange(conversation: number, change: Arrangement): void

  /**
   * Asks for the names of these people, if they are not known; in a group, for those that they have there. At each
   * drawing: what is known or under way is not asked again.
   */
  know(numbers: readonly number[], conversation?: number): void
  /**
   * Loads the members of a group into `groupPeople`: the first page, then the next ones; they are kept up until
   * `leaveMembers`. False when there are no more, or not now.
   */
  members(conversation: number): Promise<boolean>
  leaveMembers(conversation: number): void

  /** Connects, or compares, at once instead of later: the network is back, or somebody came back to the screen. */
  wake(): void
  /** Ends the connection for good; what is held is written down first. */
  close(): void
}
