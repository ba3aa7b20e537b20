/**
 * Pins, mutes, marks and drafts: shown at once, told to the server when it can be reached. One request at a time for
 * each conversation, with the newest; what was changed here last wins over what the server has.
 */
import { errors, type MembershipRow } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { putConversation } from './held.ts'
import { overlay, toldBy } from './own-rows.ts'
import type { Arrangement, ClientState, Conversation } from './state.ts'

export interface ArrangementParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
  /** Whether the server is known to mean the same by a conversation's number. Who says so again, tells all. */
  isReady(): boolean
  /** The row that the server made of it: the next among one's own. */
  onTold(row: MembershipRow): void
}

export interface Arrangements {
  arrange(conversation: number, change: Arrangement): void
  /** All that the server has not heard of. */
  tellAll(): Promise<void>
}

/** Milliseconds without a keystroke after which a draft is told. */
const draftPause = 1_000

export function createArrangements({ call, state, set, isReady, onTold }: ArrangementParts): Arrangements {
  const busy = new Set<number>()
  const drafts = new Map<number, ReturnType<typeof setTimeout>>()

  async function tell(id: number): Promise<void> {
    clearTimeout(drafts.get(id))
    if (busy.has(id)) return
    busy.add(id)
    for (;;) {
      const held = state().conversations.get(id)
      if (!held || isEmpty(held.untold) || !isReady()) break
      const change = newsOf(held)
      if (isEmpty(change)) {
        set(putConversation(state(), settle(held, held.untold, null)))
        break
      }
      const answer = await call('conversations.arrange', { conversation: id, ...change })
      if (!answer.ok && errors[answer.code].retry !== 'no') break
      const now = state().conversations.get(id)
      if (now) set(putConversation(state(), settle(now, change, answer.ok ? answer.value : null)))
      if (answer.ok) onTold(answer.value)
    }
    busy.delete(id)
  }

  return {
    arrange(id, change) {
      const held = state().conversations.get(id)
      if (!held || id < 0) return
      set(putConversation(state(), arrangeHere(held, change)))
      const isDraft = change.draft !== undefined && Object.keys(change).length === 1
      if (!isDraft) return void tell(id)
      clearTimeout(drafts.get(id))
      drafts.set(
        id,
        setTimeout(() => void tell(id), draftPause),
      )
    },
    async tellAll() {
      const behind = [...state().conversations.values()].filter(({ id, untold }) => id > 0 && !isEmpty(untold))
      await Promise.all(behind.map(({ id }) => tell(id)))
    },
  }
}

/** What is not as the server has it already: a draft that was sent before it was told is none. */
function newsOf({ untold, told }: Conversation): Arrangement {
  const isNews = ([key, value]: [string, unknown]) =>
    key === 'pinned' || value !== told[key as keyof Arrangement & keyof typeof told]
  return Object.fromEntries(Object.entries(untold).filter(isNews))
}

function isEmpty(untold: Arrangement): boolean {
  return Object.keys(untold).length === 0
}

/** The moment of a pin is the server's to say; until then this one puts it among the others. */
function arrangeHere(held: Conversation, change: Arrangement): Conversation {
  const pinned_at = change.pinned ? held.pinned_at || Date.now() : held.pinned_at
  return overlay({ ...held, pinned_at, untold: { ...held.untold, ...change } })
}

/** What was told is told, unless it was changed since: it is as the server says. Only a draft that it refuses stays. */
function settle(held: Conversation, change: Arrangement, row: MembershipRow | null): Conversation {
  const isSettled = ([key, value]: [string, unknown]) => value === change[key as keyof Arrangement]
  const untold = Object.fromEntries(Object.entries(held.untold).filter((entry) => !isSettled(entry)))
  const kept = row ? held.told : { ...held.told, draft: held.untold.draft ?? held.told.draft }
  return overlay({ ...held, untold, told: row && row.rev >= held.own_rev ? toldBy(row) : kept })
}
