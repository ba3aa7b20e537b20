/** One old client, or the relay's windows together: each of their requests as operations of the one table. */
import type { Ask } from './seed-thread.ts'
import { createSeedInbox, type SeedInbox } from './seed-inbox.ts'
import { formatTime, type Layout } from './seed-replies.ts'

export interface SeedPolicy {
  readonly layout: Layout
  readonly offline: 'refuse' | 'store'
}

export interface SeedClient {
  readonly inbox: SeedInbox
  send(to: number | null, text: string): Promise<string>
  count(from: number | 'all' | null): Promise<string>
  take(from: number | 'all' | null): Promise<string>
}

export function createSeedClient(ask: Ask, { layout, offline }: SeedPolicy): SeedClient {
  const inbox = createSeedInbox(ask, layout)

  /** Old clients keep their lists to themselves: writing to somebody is how they add them. */
  async function findConversation(to: number): Promise<number | null> {
    const known = await inbox.findConversation(to)
    if (known !== null) return known
    const requested = await ask('contacts.request', { number: to })
    if (!requested.ok || requested.value.state !== 'friend') return null
    inbox.markStale()
    return inbox.findConversation(to)
  }

  async function isOnline(number: number): Promise<boolean> {
    const presence = await ask('presence.read', { numbers: [number] })
    return presence.ok && presence.value.people.some(({ status }) => status !== 'offline')
  }

  return {
    inbox,
    async send(to, text) {
      const conversation = to === null ? null : await findConversation(to)
      if (to === null || conversation === null) return '03:02'
      if (offline === 'refuse' && !(await isOnline(to))) return '03:02'
      const sent = await ask('messages.send', { conversation, id: Bun.randomUUIDv7(), body: { kind: 'text', text } })
      if (sent.ok) return '03:01'
      return sent.code === 'not_writable' ? '03:02' : '00:00'
    },
    async count(from) {
      const count = from === null ? 0 : await inbox.count(from)
      return `${from === 'all' ? '08' : '04'}:${count}`
    },
    async take(from) {
      const prefix = from === 'all' ? '09' : '05'
      const next = from === null ? null : await inbox.take(from)
      return next ? `${prefix}:${next.sender}:${formatTime(next.at, layout)}:${next.text}` : `${prefix}:01`
    },
  }
}
