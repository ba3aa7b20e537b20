/** People in a company of contacts, and what they ask for by bare operations. */
import { callOnce } from '@rookery/client'
import type { Answer, GroupEvent, GroupRole, Input, MessageRow, OperationName, Output } from '@rookery/protocol'
import { signUp, type LogIn } from './harness.ts'

type Said = Input<'messages.send'>['body']

/** What one asks for, as somebody. */
export function speakTo(url: string) {
  const ask = <Name extends OperationName>(who: LogIn, name: Name, input: Input<Name>): Promise<Answer<Name>> =>
    callOnce(url, name, input, who)

  /** What has to succeed. */
  async function get<Name extends OperationName>(who: LogIn, name: Name, input: Input<Name>): Promise<Output<Name>> {
    const answer = await ask(who, name, input)
    if (!answer.ok) throw new Error(`${name}: ${answer.code}`)
    return answer.value
  }

  /** What it is refused for, or `ok`. */
  async function tell<Name extends OperationName>(who: LogIn, name: Name, input: Input<Name>): Promise<string> {
    const answer = await ask(who, name, input)
    return answer.ok ? 'ok' : answer.code
  }

  /** In the order of their numbers. */
  async function makePeople(count: number): Promise<LogIn[]> {
    const signingUp = Array.from({ length: count }, () => signUp(url, `person ${crypto.randomUUID().slice(0, 12)}`))
    return (await Promise.all(signingUp)).toSorted((a, b) => a.me.number - b.me.number)
  }

  /** The conversation of two who become contacts; where contacts are open, at once. */
  async function befriend(one: LogIn, other: LogIn): Promise<number> {
    const { state } = await get(one, 'contacts.request', { number: other.me.number })
    if (state === 'outgoing') await get(other, 'contacts.answer', { number: one.me.number, accept: true })
    const { memberships } = await everything(one)
    const row = memberships.find((each) => each.kind === 'direct' && each.peer === other.me.number)
    if (!row) throw new Error('The two have no conversation.')
    return row.conversation
  }

  /** A group of somebody and others, who become contacts for it. */
  async function makeGroup(owner: LogIn, others: readonly LogIn[], name = 'a group'): Promise<number> {
    for (const other of others) await ask(owner, 'contacts.request', { number: other.me.number })
    const members = others.map(({ me }) => me.number)
    return (await get(owner, 'groups.create', { name, members })).conversation
  }

  /** The answer to a message. */
  const send = (who: LogIn, conversation: number, body: string | Said, id: string = crypto.randomUUID()) =>
    ask(who, 'messages.send', {
      conversation,
      id,
      body: typeof body === 'string' ? { kind: 'text', text: body } : body,
    })

  /** The place of a message that has to arrive. */
  async function say(who: LogIn, conversation: number, body: string | Said): Promise<number> {
    const sent = await send(who, conversation, body)
    if (!sent.ok) throw new Error(`messages.send: ${sent.code}`)
    return sent.value.seq
  }

  const page = async (who: LogIn, conversation: number): Promise<MessageRow[]> =>
    (await get(who, 'messages.page', { conversation, limit: 100 })).messages

  async function rowAt(who: LogIn, conversation: number, seq: number): Promise<MessageRow> {
    const { messages } = await get(who, 'messages.get', { conversation, seqs: [seq] })
    if (!messages[0]) throw new Error(`There is no message ${seq}.`)
    return messages[0]
  }

  /** All that a new device of theirs gets, page by page. */
  async function everything(who: LogIn) {
    const first = await get(who, 'sync', { rev: 0 })
    const pages = [first]
    for (let last = first; last.more; pages.push(last)) {
      const { epoch, rev, cursor } = last
      last = await get(who, 'sync', { epoch, rev, cursor })
    }
    return {
      rev: pages.at(-1)?.rev ?? 0,
      contacts: pages.flatMap(({ contacts }) => contacts),
      memberships: pages.flatMap(({ memberships }) => memberships),
      requests: pages.flatMap(({ requests }) => requests),
      settings: pages.flatMap(({ settings }) => settings),
      conversations: pages.flatMap(({ conversations }) => conversations),
    }
  }

  /** A conversation as a new device of theirs gets it. */
  async function headOf(who: LogIn, conversation: number) {
    return (await everything(who)).conversations.find((head) => head.conversation === conversation)
  }

  async function membershipOf(who: LogIn, conversation: number) {
    return (await everything(who)).memberships.find((row) => row.conversation === conversation)
  }

  /** Who is in a group, and as what, as one of them sees it. */
  async function membersOf(who: LogIn, conversation: number): Promise<[number, GroupRole][]> {
    const { members } = await get(who, 'groups.members', { conversation })
    return members.map(({ number, role }) => [number, role])
  }

  /** What happened in a group, and who did it. */
  async function eventsOf(who: LogIn, conversation: number): Promise<[number, GroupEvent][]> {
    const rows = await page(who, conversation)
    return rows.flatMap(({ sender, body }): [number, GroupEvent][] =>
      body.kind === 'event' ? [[sender, body.event]] : [],
    )
  }

  const conversations = { everything, send, say, page, rowAt, headOf, membershipOf, membersOf, eventsOf }
  return { ask, get, tell, makePeople, befriend, makeGroup, ...conversations }
}

export type Speaker = ReturnType<typeof speakTo>

export const numberOf = ({ me }: LogIn): number => me.number

/** What a message says: its text, or its kind. */
export function saying({ body }: Pick<MessageRow, 'body'>): string {
  if (body.kind === 'event') return body.event
  return body.kind === 'text' ? body.text : body.kind
}
