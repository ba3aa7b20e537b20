/** What was written in this window, until it is certain that it is kept elsewhere. */
import { previewForward } from '../previews.ts'
import type { ClientState, Conversation, PendingMessage } from '../state.ts'
import { bodyOf, type Written } from './protocol.ts'

export interface Outgoing {
  add(message: Written, at: number): void
  /** The host has it; it is given to the next one all the same, if that comes soon. */
  confirm(ids: readonly string[], at: number): void
  /** What a new host, whose state this is, may lack, in the order of writing. */
  lacking(state: ClientState, now: number): readonly Written[]
  /** The state with what the host does not show yet. */
  draw(state: ClientState): ClientState
  isOpen(): boolean
}

interface Kept {
  readonly message: Written
  readonly at: number
  readonly confirmedAt: number | null
}

/** A host that dies may not have written down what it confirmed just before; and that it died shows only later. */
const keepFor = 60_000

export function createOutgoing(): Outgoing {
  let kept: readonly Kept[] = []

  return {
    add(message, at) {
      kept = [...kept.filter((old) => !isSafe(old, at)), { message, at, confirmedAt: null }]
    },
    confirm(ids, at) {
      if (!kept.some((old) => old.confirmedAt === null && ids.includes(old.message.id))) return
      kept = kept.map((old) =>
        old.confirmedAt === null && ids.includes(old.message.id) ? { ...old, confirmedAt: at } : old,
      )
    },
    lacking(state, now) {
      kept = kept
        .filter((old) => !isSafe(old, now))
        .map((old) => (old.confirmedAt !== null && !isShown(state, old.message) ? { ...old, confirmedAt: null } : old))
      return kept.filter(({ confirmedAt }) => confirmedAt === null).map(({ message }) => message)
    },
    draw(state) {
      const unseen = kept.filter(({ message, confirmedAt }) => confirmedAt === null && !isShown(state, message))
      if (unseen.length === 0) return state
      const conversations = new Map(state.conversations)
      for (const { message, at } of unseen) {
        const conversation = conversations.get(message.conversation)
        if (conversation) conversations.set(conversation.id, withPending(state, conversation, message, at))
      }
      return { ...state, conversations }
    },
    isOpen: () => kept.some(({ confirmedAt }) => confirmedAt === null),
  }
}

function isSafe({ confirmedAt }: Kept, now: number): boolean {
  return confirmedAt !== null && now - confirmedAt > keepFor
}

function withPending(state: ClientState, conversation: Conversation, message: Written, at: number): Conversation {
  const body = bodyOf(message)
  const preview = previewForward(state, body)
  const pending: PendingMessage = { id: message.id, at, body, ...(preview && { preview }), state: { kind: 'sending' } }
  return { ...conversation, pending: [...conversation.pending, pending] }
}

function isShown({ conversations }: ClientState, { id, conversation }: Written): boolean {
  const shown = conversations.get(conversation)
  return shown !== undefined && (shown.pending.some(isIt) || shown.messages.some(isIt))

  function isIt(message: { readonly id: string }): boolean {
    return message.id === id
  }
}
