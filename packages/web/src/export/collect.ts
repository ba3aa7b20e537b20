/** Reads a whole conversation from the server, page by page, for a file. */
import type { Client } from '@rookery/client'
import { LIMITS, refuse, type MessageRow, type Result } from '@rookery/protocol'

export interface CollectOptions {
  readonly conversation: number
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** Tries until nothing was changed while it was read. */
const tries = 3

/** In order; null where it was cancelled. What was taken back is there without its words. */
export async function collect(client: Client, options: CollectOptions): Promise<Result<MessageRow[]> | null> {
  for (let attempt = 1; ; attempt += 1) {
    const before = client.state().conversations.get(options.conversation)
    if (!before) return refuse('not_member')
    const rows = await readAll(client, options, before.from_seq, before.last_seq)
    if (!rows?.ok) return rows
    const after = client.state().conversations.get(options.conversation) ?? before
    // Each new message is one change too: any other may have taken back what was read already.
    const changes = after.rev - before.rev - (after.last_seq - before.last_seq)
    if (changes <= 0 || attempt === tries) return rows
  }
}

async function readAll(
  client: Client,
  { conversation, onProgress, signal }: CollectOptions,
  from: number,
  last: number,
): Promise<Result<MessageRow[]> | null> {
  const rows: MessageRow[] = []
  for (let after = from; after < last;) {
    const page = await client.call('messages.page', { conversation, after, limit: LIMITS.pageMessages })
    if (signal.aborted) return null
    if (!page.ok) return page
    const newest = page.value.messages.at(-1)?.seq
    if (newest === undefined) break
    rows.push(...page.value.messages)
    after = newest
    onProgress((after - from) / (last - from))
  }
  return { ok: true, value: rows }
}

/** What people are called, for those who are not known on this device too. */
export async function knowAll(client: Client, conversation: number, numbers: readonly number[]): Promise<void> {
  client.know(numbers, conversation)
  const isKnown = () => {
    const { me, contacts, people } = client.state()
    return numbers.every((number) => number === me?.number || contacts.has(number) || people.has(number))
  }
  const patience = AbortSignal.timeout(5_000)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = client.subscribe(() => isKnown() && resolve())
  patience.addEventListener('abort', () => resolve())
  if (isKnown()) resolve()
  await promise
  stop()
}
