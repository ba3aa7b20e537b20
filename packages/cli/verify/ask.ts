/** Operations over HTTP that must come to an answer, whatever happens to the server meanwhile. */
import { callOnce } from '@rookery/client'
import {
  errors,
  type Answer,
  type ErrorCode,
  type Input,
  type MessageRow,
  type OperationName,
  type Output,
} from '@rookery/protocol'

export type Urls = readonly [string, ...string[]]

/** Milliseconds that a server may be away. */
const patience = 60_000
const pause = 200

/** A refusal where there should be none. */
export class Refused extends Error {
  readonly code: ErrorCode
  constructor(name: OperationName, code: ErrorCode) {
    super(`${name}: ${errors[code].message}`)
    this.code = code
  }
}

/**
 * Asks one node after the other until there is an answer.
 * @throws {Refused} also when none comes for a minute.
 */
export async function ask<Name extends OperationName>(
  urls: Urls,
  name: Name,
  input: Input<Name>,
  token?: string,
): Promise<Output<Name>> {
  const deadline = performance.now() + patience
  for (let attempt = 0; ; attempt += 1) {
    const url = urls[attempt % urls.length] ?? urls[0]
    const answer: Answer<Name> = await callOnce(url, name, input, token === undefined ? {} : { token })
    if (answer.ok) return answer.value
    if (errors[answer.code].retry === 'no' || performance.now() > deadline) throw new Refused(name, answer.code)
    const isRound = (attempt + 1) % urls.length === 0
    if (isRound || answer.code !== 'unreachable') await Bun.sleep(answer.retry_after_ms ?? pause)
  }
}

/** The whole log of a conversation, page by page, oldest first. */
export async function readLog(urls: Urls, token: string, conversation: number): Promise<MessageRow[]> {
  const log: MessageRow[] = []
  for (;;) {
    const after = log.at(-1)?.seq ?? 0
    const { messages } = await ask(urls, 'messages.page', { conversation, after, limit: 100 }, token)
    log.push(...messages)
    if (messages.length < 100) return log
  }
}

export interface Standing {
  readonly last_seq: number
  readonly read_seq: number
  readonly unread: number
}

/** How somebody's conversations stand, as a new device gets them. */
export async function readStandings(urls: Urls, token: string): Promise<Map<number, Standing>> {
  const pointers = new Map<number, number>()
  const heads = new Map<number, { last_seq: number; unread: number }>()
  let known = { epoch: '', rev: 0, cursor: '' }
  for (let more = true; more;) {
    const answer = await ask(urls, 'sync', known, token)
    for (const { conversation, read_seq } of answer.memberships) pointers.set(conversation, read_seq)
    for (const { conversation, last_seq, unread } of answer.conversations) heads.set(conversation, { last_seq, unread })
    known = { epoch: answer.epoch, rev: answer.rev, cursor: answer.cursor }
    ;({ more } = answer)
  }
  return new Map(
    [...pointers].map(([id, read_seq]) => [id, { last_seq: 0, unread: 0, ...heads.get(id), read_seq }] as const),
  )
}
