/** The same message more than once: on purpose, beside the outbox. */
import { callOnce, type Client } from '@rookery/client'
import type { Answer } from '@rookery/protocol'
import { fault } from './faults.ts'
import type { History } from './history.ts'
import type { Sending } from './sent.ts'

/** What was acknowledged, once more: the same answer. And with another text: refused. */
export async function sendAgain(client: Pick<Client, 'call'>, history: History, sending: Sending): Promise<void> {
  const send = (text: string) => client.call('messages.send', toInput({ ...sending, text }))
  const { restores } = history
  const answers = await Promise.all([send(sending.text), send(sending.text)])
  const other = await send(changed(sending.text))
  // What was edited or taken back is known by its id alone: it cannot be compared any more.
  const isTaken = other.ok && !(await isRewritten(client, sending.conversation, other.value.seq))
  // What was answered in a history that is lost by now says nothing.
  if (restores !== history.restores) return
  for (const answer of answers) take(history, sending.id, answer)
  if (isTaken) history.note(fault('refused', `[D3] ${sending.id} was taken with another text`))
  if (!other.ok && other.code !== 'message_id_conflict' && other.code !== 'unreachable')
    history.note(fault('refused', `[D3] ${sending.id} with another text was refused as ${other.code}`))
}

/** True also where nobody can say. */
async function isRewritten(client: Pick<Client, 'call'>, conversation: number, seq: number): Promise<boolean> {
  const answer = await client.call('messages.get', { conversation, seqs: [seq] })
  const row = answer.ok ? answer.value.messages[0] : undefined
  return row === undefined || row.edited_at !== undefined || row.body.kind === 'recalled'
}

/**
 * The same new message by several sessions of its sender at the same moment: it is one message. Over HTTP: a socket that
 * asks gets the answer instead of the push, and only an outbox takes an answer for a row.
 */
export async function sendAtOnce(
  doors: readonly { readonly url: string; readonly token: string }[],
  history: History,
  sending: Sending,
): Promise<void> {
  history.send(sending)
  const { restores } = history
  const answers = await Promise.all(
    doors.map(({ url, token }) => callOnce(url, 'messages.send', toInput(sending), { token })),
  )
  if (restores === history.restores) for (const answer of answers) take(history, sending.id, answer)
}

function take(history: History, id: string, answer: Answer<'messages.send'>): void {
  if (answer.ok) history.acknowledge(id, answer.value.seq)
  else if (answer.code === 'message_id_conflict') history.note(fault('refused', `[D3] ${id} conflicts with itself`))
}

function toInput({ id, conversation, text }: Sending) {
  return { id, conversation, body: { kind: 'text', text } } as const
}

/** Of the same length, so that it fits where the text did. Texts begin with a mark of plain letters. */
function changed(text: string): string {
  return `${text.startsWith('~') ? '-' : '~'}${text.slice(1)}`
}
