/** The people of the run: signed up once, through the server's own door; every figure starts on a copy of them. */
import { cpSync } from 'node:fs'
import type { Input, OperationName, Output } from '@rookery/protocol'
import { makeScratch, type Scratch } from './cleanup.ts'
import type { PairLane } from './load/jobs.ts'
import { startRookery } from './server.ts'

export interface World {
  readonly pairs: readonly PairLane[]
  /** A data folder with these people in it and nothing said yet. */
  copy(): Scratch
}

const pairCount = 100
const atOnce = 32
export const password = 'correct horse'

export async function makeWorld(parent: string): Promise<World> {
  const origin = makeScratch(parent)
  const server = await startRookery(origin.path)
  const waiting = Array.from({ length: pairCount }, (_, index) => index)
  const pairs: PairLane[] = []
  const work = async () => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      pairs.push(await makePair(server.port, index))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await server.stop()
  return {
    pairs,
    copy() {
      const scratch = makeScratch(parent)
      cpSync(origin.path, scratch.path, { recursive: true })
      return scratch
    },
  }
}

async function makePair(port: number, index: number): Promise<PairLane> {
  const signUp = (name: string) => callServer(port, 'accounts.signUp', { name, password, confirm: password })
  const one = await signUp(`one ${index}`)
  const other = await signUp(`other ${index}`)
  await callServer(port, 'contacts.request', { number: other.me.number }, one.token)
  const { memberships } = await callServer(port, 'sync', { rev: 0 }, one.token)
  const conversation = memberships[0]?.conversation
  if (conversation === undefined) throw new Error('Two contacts have no conversation.')
  return {
    kind: 'pair',
    conversation,
    number: one.me.number,
    peer: other.me.number,
    sender: one.token,
    receiver: other.token,
  }
}

/** One operation over HTTP. */
export async function callServer<Name extends OperationName>(
  port: number,
  name: Name,
  input: Input<Name>,
  token?: string,
): Promise<Output<Name>> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(input),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Output<Name>
}
