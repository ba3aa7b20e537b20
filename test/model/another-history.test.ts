/** A restore may give a conversation's number to two other people: nothing may reach the wrong one. */
import { expect, test } from 'bun:test'
import { callOnce, connect } from '@rookery/client'
import { readLog } from '../../packages/cli/verify/ask.ts'
import { openCable } from '../../packages/cli/verify/cable.ts'
import { type LogIn, signUp, textOf, waitFor } from '../harness.ts'
import { startSubject } from './subject.ts'

async function befriend(url: string, one: LogIn, other: LogIn): Promise<number> {
  const asked = await callOnce(url, 'contacts.request', { number: other.me.number }, { token: one.token })
  if (!asked.ok) throw new Error(asked.code)
  const answer = await callOnce(url, 'sync', { rev: 0 }, { token: other.token })
  const conversation = answer.ok ? answer.value.memberships.at(-1)?.conversation : undefined
  if (conversation === undefined) throw new Error('The two have no conversation.')
  return conversation
}

test('[D8] [D13] what is written the moment a device is back, and before it knows of a restore, reaches nobody else', async () => {
  const subject = await startSubject()
  const { url } = subject
  const [writer, friend, stranger] = [await signUp(url, 'one'), await signUp(url, 'two'), await signUp(url, 'three')]
  const backup = subject.backUp()
  const conversation = await befriend(url, writer, friend)
  const cable = await openCable([url])
  const client = connect({ url: cable.url, token: writer.token, schedule: (emit) => emit() })
  await waitFor(client, ({ synced, conversations }) => synced && conversations.has(conversation))
  cable.cut()
  await subject.stop()
  subject.putBack(backup, 'database')
  await subject.start()
  expect(await befriend(url, writer, stranger)).toBe(conversation)

  let isWritten = false
  const stop = client.subscribe(() => {
    if (isWritten || client.state().connection.kind !== 'online') return
    isWritten = true
    client.send(conversation, 'for two only')
  })
  cable.mend()
  client.wake()
  await waitFor(client, ({ conversations }) => conversations.get(conversation)?.peer === stranger.me.number)
  await waitFor(
    client,
    ({ conversations }) => conversations.get(-friend.me.number)?.pending[0]?.state.kind === 'failed',
  )
  stop()
  // What was sent before this on the same connection stands before it.
  const body = { kind: 'text', text: 'for three' } as const
  expect(await client.call('messages.send', { conversation, id: crypto.randomUUID(), body })).toMatchObject({
    ok: true,
  })
  expect((await readLog([url], stranger.token, conversation)).map(textOf)).toEqual(['for three'])
  client.close()
  cable.close()
  await subject.stop()
}, 30_000)
