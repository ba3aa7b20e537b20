/** Single messages that are shown elsewhere, such as what a reply answers: held ones, or asked for, many at once. */
import { errors, LIMITS, type ErrorCode, type MessageRow } from '@rookery/protocol'
import { createCollector } from './collector.ts'
import { findMessage } from './loaded.ts'
import type { PageParts } from './pages.ts'
import { messageKey, type ClientState } from './state.ts'

export interface Quotes {
  /** Null where there is none for us; undefined where it is not known yet: it is then asked for. */
  find(conversation: number, seq: number): MessageRow | null | undefined
  /** There is a connection: what got no answer is asked again. */
  refresh(): void
}

/** How many are kept that are not among the loaded ones. */
const most = 500

export function createQuotes({ call, state, set, readHeld, overtaking }: PageParts): Quotes {
  const collector = createCollector(LIMITS.pageMessages, ask)

  async function ask(conversation: number, seqs: readonly number[]): Promise<boolean> {
    const refusals: ErrorCode[] = []
    const rows = await overtaking.guard(conversation, async () => {
      const held = (await Promise.all(seqs.map((seq) => readHeld(conversation, seq + 1, 1)))).flat()
      const lacking = seqs.filter((seq) => !held.some((row) => row.seq === seq))
      if (lacking.length === 0) return held
      const answer = await call('messages.get', { conversation, seqs: [...lacking] })
      if (answer.ok) return [...held, ...answer.value.messages]
      refusals.push(answer.code)
      return held
    })
    if (rows === null) return ask(conversation, seqs)
    // Who is out of a group may be in again before hearing of either: what there is for them is not known.
    const [refusal] = refusals
    if (refusal) return errors[refusal].retry === 'no'
    const known = state().conversations.get(conversation)
    if (!known) return true
    // Who was out and is in again sees nothing from before.
    const own = rows.filter(({ seq }) => seq > known.from_seq)
    set(putQuoted(state(), conversation, seqs, new Map(own.map((row) => [row.seq, row] as const))), own)
    return true
  }

  return {
    find(conversation, seq) {
      const found = findMessage(state(), conversation, seq)
      if (found === undefined) collector.want(conversation, seq)
      return found
    },
    refresh: collector.refresh,
  }
}

/** The earliest asked for go first where there are too many. */
function putQuoted(
  before: ClientState,
  conversation: number,
  seqs: readonly number[],
  found: ReadonlyMap<number, MessageRow>,
): ClientState {
  const quoted = new Map(before.quoted)
  for (const seq of seqs) quoted.set(messageKey(conversation, seq), found.get(seq) ?? null)
  return { ...before, quoted: new Map([...quoted].slice(-most)) }
}
