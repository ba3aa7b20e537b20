/** The relay's socket: `03#NAME#TEXT` and `04#NAME` from the chat windows of this machine. */
import { createSocket } from 'node:dgram'
import type { Client } from '@rookery/client'
import { createSeedClient, type SeedPolicy } from '@rookery/server'

export interface Relay {
  readonly port: number
  close(): Promise<void>
}

/**
 * The windows together are one old client: what it may ask, what waits for it and how it is written are the server's
 * own rules for old clients, over this connection.
 * @throws if the port is taken.
 */
export async function openRelay(client: Client, port: number, offline: SeedPolicy['offline']): Promise<Relay> {
  const socket = createSocket('udp4')
  const seed = createSeedClient((name, input) => client.call(name, input), { layout: 'seed', offline })
  const unsubscribe = client.subscribe(() => seed.inbox.markStale())
  let last: Promise<unknown> = Promise.resolve()

  /** Windows know people by name; null where no contact has it. */
  function findFriend(name: string): number | null {
    const contacts = [...client.state().contacts.values()]
    return contacts.find((contact) => contact.state === 'friend' && contact.name === name)?.peer ?? null
  }

  /** The count, and then each message in a datagram of its own. */
  async function takeAll(friend: number | null): Promise<string[]> {
    const counted = await seed.count(friend)
    const replies = [counted]
    for (let left = Number(counted.slice('04:'.length)); left > 0; left -= 1) replies.push(await seed.take(friend))
    return replies
  }

  async function answer(request: string): Promise<string[]> {
    const [, kind, name = '', text = ''] = /^(03|04)#([^#]+)(?:#(.*))?$/s.exec(request) ?? []
    if (kind === undefined) return ['00:00']
    if (client.state().connection.kind === 'ended') return ['07:01']
    return kind === '04' ? takeAll(findFriend(name)) : [await seed.send(findFriend(name), text)]
  }

  socket.on('message', (datagram, from) => {
    last = last
      .then(() => answer(datagram.toString('utf8')))
      .then((replies) => replies.forEach((reply) => socket.send(reply, from.port, from.address)))
  })
  await seed.inbox.open()
  await new Promise<void>((bound, fail) => {
    socket.once('error', fail)
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => bound())
  })
  return {
    port: socket.address().port,
    async close() {
      unsubscribe()
      await last
      await new Promise<void>((closed) => socket.close(() => closed()))
    },
  }
}
