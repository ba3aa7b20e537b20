/**
 * Messages on their way. One at a time for each conversation, so they arrive in the order they were written; tried
 * again, with the same id, until the server has answered.
 */
import { errors, type Answer, type ErrorCode, type Output } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import type { PendingMessage } from './state.ts'

export interface OutboxEvents {
  /** Whether the server is known to mean the same by a conversation's number. Who says so again, flushes. */
  isReady(): boolean
  pending(conversation: number): readonly PendingMessage[]
  setPending(conversation: number, pending: readonly PendingMessage[]): void
  onSent(conversation: number, message: PendingMessage, sent: Output<'messages.send'>): void
}

export interface Outbox {
  add(conversation: number, message: PendingMessage): void
  retry(conversation: number, id: string): void
  discard(conversation: number, id: string): void
  /** Goes on with a conversation's messages, if it is not at it already. */
  flush(conversation: number): void
}

/** Milliseconds before the next try of a message that the server could not take just now. */
const pause = 1_000

export function createOutbox(call: Connection['call'], events: OutboxEvents): Outbox {
  const busy = new Set<number>()

  const update = (conversation: number, id: string, state: PendingMessage['state']) =>
    events.setPending(
      conversation,
      events.pending(conversation).map((message) => (message.id === id ? settle(message, state) : message)),
    )

  async function sendAll(conversation: number): Promise<void> {
    try {
      for (;;) {
        const message = events.pending(conversation).find(({ state }) => state.kind === 'sending')
        if (!message || !events.isReady()) return
        const { id, body } = message
        const answer: Answer<'messages.send'> = await call('messages.send', { conversation, id, body })
        if (answer.ok) {
          update(conversation, id, { kind: 'sent', seq: answer.value.seq })
          events.onSent(conversation, message, answer.value)
        } else if (isGone(answer.code)) return
        else if (errors[answer.code].retry === 'no') update(conversation, id, { kind: 'failed', code: answer.code })
        else await new Promise((resume) => setTimeout(resume, answer.retry_after_ms ?? pause))
      }
    } finally {
      // In the turn that found nothing to send: what is written in the next one must find it idle.
      busy.delete(conversation)
    }
  }

  function flush(conversation: number): void {
    if (busy.has(conversation)) return
    busy.add(conversation)
    void sendAll(conversation)
  }

  return {
    flush,
    add(conversation, message) {
      events.setPending(conversation, [...events.pending(conversation), message])
      flush(conversation)
    },
    retry(conversation, id) {
      // It has no place in this history.
      if (conversation < 0) return
      update(conversation, id, { kind: 'sending' })
      flush(conversation)
    },
    discard(conversation, id) {
      events.setPending(
        conversation,
        events.pending(conversation).filter((message) => message.id !== id || message.state.kind !== 'failed'),
      )
    },
  }
}

/** What was not forwarded may have been taken back, now or later: what it would have looked like is not kept. */
function settle({ preview, ...message }: PendingMessage, state: PendingMessage['state']): PendingMessage {
  return { ...message, ...(preview && state.kind !== 'failed' && { preview }), state }
}

/** No answer: it waits for the next connection. */
function isGone(code: ErrorCode): boolean {
  return code === 'unreachable' || code === 'unauthenticated'
}
