/** The relay's socket: `03#NAME#TEXT` and `04#NAME` from the chat windows of this machine. */
import { createSocket } from 'node:dgram'
import { makeMessageId, type Client, type Conversation } from '@rookery/client'
import { describeBody, formatTime, splitText } from '@rookery/server'

export interface Relay {
  readonly port: number
  close(): Promise<void>
}

/** @throws if the port is taken. */
export async function openRelay(client: Client, port: number, offline: 'refuse' | 'store'): Promise<Relay> {
  const socket = createSocket('udp4')
  /** How far the windows have taken each conversation. */
  const pointers = new Map<number, number>()
  let opened = false
  let last: Promise<unknown> = Promise.resolve()

  /** The pointers begin where the user has read to when the relay starts. */
  function notePointers(): void {
    for (const { id, read_seq } of client.state().conversations.values()) {
      if (!pointers.has(id)) pointers.set(id, opened ? 0 : read_seq)
    }
    opened ||= client.state().synced
  }
  const stopNoting = client.subscribe(notePointers)

  function findConversation(name: string): Conversation | undefined {
    const { contacts, conversations } = client.state()
    const friend = [...contacts.values()].find((contact) => contact.state === 'friend' && contact.name === name)
    return friend && [...conversations.values()].find(({ peer }) => peer === friend.peer)
  }

  async function send(name: string, text: string): Promise<string> {
    const conversation = findConversation(name)
    if (!conversation) return '03:02'
    if (offline === 'refuse' && !client.state().online.has(conversation.peer)) return '03:02'
    const sent = await client.call('messages.send', {
      conversation: conversation.id,
      id: makeMessageId(),
      body: { kind: 'text', text },
    })
    if (sent.ok) return '03:01'
    return sent.code === 'unauthenticated' ? '07:01' : '03:02'
  }

  /** The count, and then each message in a datagram of its own. */
  async function take(name: string): Promise<string[]> {
    const conversation = findConversation(name)
    if (!conversation) return ['04:0']
    const rows = await readWaiting(conversation)
    const replies = rows.flatMap(({ sender, at, body }) =>
      splitText(describeBody(body), 'seed').map((part) => `05:${sender}:${formatTime(at, 'seed')}:${part}`),
    )
    const newest = rows.at(-1)?.seq
    if (newest !== undefined) {
      pointers.set(conversation.id, newest)
      client.read(conversation.id, newest)
    }
    return [`04:${replies.length}`, ...replies]
  }

  async function readWaiting({ id, peer, last_seq }: Conversation) {
    const waiting = []
    for (let after = pointers.get(id) ?? 0; after < last_seq;) {
      const page = await client.call('messages.page', { conversation: id, after, limit: 100 })
      if (!page.ok || page.value.messages.length === 0) break
      waiting.push(...page.value.messages.filter(({ sender }) => sender === peer))
      after = page.value.messages.at(-1)?.seq ?? last_seq
    }
    return waiting
  }

  function answer(request: string): Promise<string[]> {
    const [, kind, name = '', text = ''] = /^(03|04)#([^#]+)(?:#(.*))?$/s.exec(request) ?? []
    if (kind === undefined) return Promise.resolve(['00:00'])
    if (client.state().connection.kind === 'ended') return Promise.resolve(['07:01'])
    return kind === '04' ? take(name) : send(name, text).then((reply) => [reply])
  }

  socket.on('message', (datagram, from) => {
    last = last
      .then(() => answer(datagram.toString('utf8')))
      .then((replies) => replies.forEach((reply) => socket.send(reply, from.port, from.address)))
  })
  await new Promise<void>((bound, fail) => {
    socket.once('error', fail)
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => bound())
  })
  return {
    port: socket.address().port,
    async close() {
      stopNoting()
      await last
      await new Promise<void>((closed) => socket.close(() => closed()))
    },
  }
}
