/** The cache of bots and tests: nothing outlives the process. */
import type { ContactRow, GroupRequestRow, MessageRow, Person } from '@rookery/protocol'
import { requestKey } from '../state.ts'
import type { Cache, SavedConversation, SavedDevice, SavedPending } from './cache.ts'

/** An empty cache. What it held is gone once it is closed. */
export function createMemoryCache(): Cache {
  let device: SavedDevice | null = null
  let isClosed = false
  const contacts = new Map<number, ContactRow>()
  const requests = new Map<string, GroupRequestRow>()
  const people = new Map<number, Person>()
  const conversations = new Map<number, SavedConversation>()
  const messages = new Map<number, Map<number, MessageRow>>()
  const pending = new Map<string, SavedPending>()

  function clear(): void {
    device = null
    for (const held of [contacts, requests, people, conversations, messages]) held.clear()
  }

  function close(): void {
    clear()
    pending.clear()
    isClosed = true
  }

  function putMessage(row: MessageRow): void {
    const rows = messages.get(row.conversation) ?? new Map<number, MessageRow>()
    messages.set(row.conversation, rows)
    if (row.rev > (rows.get(row.seq)?.rev ?? -1)) rows.set(row.seq, row)
  }

  return {
    load() {
      return Promise.resolve({
        device,
        contacts: [...contacts.values()],
        requests: [...requests.values()],
        people: [...people.values()],
        conversations: [...conversations.values()],
        pending: [...pending.values()],
      })
    },
    save(change) {
      if (isClosed) return Promise.reject(new Error('The cache is closed.'))
      if (change.reset) clear()
      for (const id of change.dropped ?? []) {
        conversations.delete(id)
        messages.delete(id)
      }
      for (const id of change.stale ?? []) messages.delete(id)
      device = change.device ?? device
      for (const row of change.contacts ?? []) contacts.set(row.peer, row)
      for (const row of change.requests ?? []) requests.set(requestKey(row), row)
      for (const person of change.people ?? []) people.set(person.number, person)
      for (const conversation of change.conversations ?? []) conversations.set(conversation.id, conversation)
      for (const row of change.messages ?? []) putMessage(row)
      for (const message of change.pending ?? []) pending.set(message.id, message)
      for (const id of change.settled ?? []) pending.delete(id)
      return Promise.resolve()
    },
    page(conversation, before, limit) {
      const held = messages.get(conversation)
      const rows: MessageRow[] = []
      for (let seq = before - 1; rows.length < limit; seq -= 1) {
        const row = held?.get(seq)
        if (!row) break
        rows.push(row)
      }
      return Promise.resolve(rows.reverse())
    },
    dropMessages() {
      messages.clear()
      return Promise.resolve()
    },
    destroy() {
      close()
      return Promise.resolve()
    },
    close,
  }
}
