/** What it takes to be in step again: few changes among many chats, and many messages in one. */
import { connect, type Client } from '@rookery/client'
import { openOperator, readConfig, type Operator } from '@rookery/server'
import type { Input, OperationName, Output } from '@rookery/protocol'
import { makeScratch, withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { startRookery } from './server.ts'
import { median } from './statistics.ts'
import { callServer, password } from './world.ts'

const chats = 500
const changed = 5
const waiting = 1_000
const repeats = 20

interface Somebody {
  readonly token: string
  readonly peers: readonly { readonly number: number; readonly conversation: number }[]
  readonly operator: Operator
}

/** Somebody with that many contacts; what these say, the operator says for them, beside the server. */
async function makeSomebody(folder: string, port: number, contacts: number): Promise<Somebody> {
  const config = readConfig({ ROOKERY_DATA: folder, ROOKERY_CONTACTS: 'open' })
  if (!config.ok) throw new Error(config.problem)
  const operator = await openOperator(config.config)
  const signedUp = await callServer(port, 'accounts.signUp', { name: 'center', password, confirm: password })
  for (let index = 0; index < contacts; index += 1) {
    const { number } = await ask(operator, 'accounts.create', { name: `peer ${index}` })
    await ask(operator, 'contacts.join', { one: signedUp.me.number, other: number })
  }
  const peers: { number: number; conversation: number }[] = []
  let held = { epoch: '', rev: 0, cursor: '', more: true }
  while (held.more) {
    const answer = await callServer(port, 'sync', pick(held), signedUp.token)
    for (const row of answer.memberships)
      if (row.kind === 'direct') peers.push({ number: row.peer, conversation: row.conversation })
    held = answer
  }
  const known = new Map(peers.map((peer) => [peer.conversation, peer]))
  return { token: signedUp.token, peers: [...known.values()], operator }
}

const pick = ({ epoch, rev, cursor }: { epoch: string; rev: number; cursor: string }) => ({ epoch, rev, cursor })

async function ask<Name extends OperationName>(
  operator: Operator,
  name: Name,
  input: Input<Name>,
  as?: number,
): Promise<Output<Name>> {
  const answer = await operator.call(name, input, as)
  if (!answer.ok) throw new Error(`${name}: ${answer.code}`)
  return answer.value
}

function say(operator: Operator, as: number, conversation: number): Promise<unknown> {
  const body = { kind: 'text', text: '.'.repeat(100) } as const
  return ask(operator, 'messages.send', { conversation, id: crypto.randomUUID(), body }, as)
}

/** The one question of a device that comes back, over HTTP on a connection that is open: time, and bytes both ways. */
async function measureReconnect(site: Site): Promise<readonly Sample[]> {
  return withServer(site, chats, async (port, { token, peers, operator }) => {
    for (const { number, conversation } of peers) await say(operator, number, conversation)
    let held = { epoch: '', rev: 0, cursor: '', more: true }
    while (held.more) held = await callServer(port, 'sync', pick(held), token)
    const times: number[] = []
    const bytes: number[] = []
    for (let round = 0; round < repeats; round += 1) {
      for (let index = 0; index < changed; index += 1) {
        const peer = peers[(round * 37 + index * 97) % peers.length]
        if (peer) await say(operator, peer.number, peer.conversation)
      }
      const request = pick(held)
      await callServer(port, 'presence.list', {}, token)
      const began = performance.now()
      const answer = await callServer(port, 'sync', request, token)
      times.push(performance.now() - began)
      bytes.push(JSON.stringify(request).length + JSON.stringify(answer).length)
      if (answer.conversations.length !== changed || answer.more) throw new Error('More came back than had changed.')
      held = answer
    }
    return [{ value: median(times) }, { value: median(bytes) / 1024 }]
  })
}

/** From the first packet of the connection until all messages are on the device. */
async function measureCatchUp(site: Site): Promise<readonly Sample[]> {
  return withServer(site, 1, async (port, { token, peers, operator }) => {
    const [peer] = peers
    if (!peer) throw new Error('There is nobody to write.')
    await Promise.all(Array.from({ length: waiting }, () => say(operator, peer.number, peer.conversation)))
    const times: number[] = []
    for (let round = 0; round < repeats; round += 1) {
      const began = performance.now()
      const client = connect({ url: `http://127.0.0.1:${port}`, token })
      await becomesSynced(client)
      while (await client.loadOlder(peer.conversation));
      times.push(performance.now() - began)
      const held = client.state().conversations.get(peer.conversation)?.messages.length
      if (held !== waiting) throw new Error(`${held} messages came.`)
      client.close()
    }
    return [{ value: median(times) }]
  })
}

function becomesSynced(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.subscribe(() => {
      if (!client.state().synced) return
      stop()
      resolve()
    })
  })
}

async function withServer(
  site: Site,
  contacts: number,
  measure: (port: number, somebody: Somebody) => Promise<readonly Sample[]>,
): Promise<readonly Sample[]> {
  return withScratch(makeScratch(site.parent), async (folder) => {
    const server = await startRookery(folder)
    const somebody = await makeSomebody(folder, server.port, contacts)
    const samples = await measure(server.port, somebody)
    await somebody.operator.close()
    await server.stop()
    return samples
  })
}

export const comingBackMeasurements: readonly Measurement[] = [
  {
    figures: [figure('sync.reconnect', 'ms', 'less'), figure('sync.reconnect.bytes', 'KB', 'less')],
    measure: measureReconnect,
  },
  { figures: [figure('catchup.1000', 'ms', 'less')], measure: measureCatchUp },
]
