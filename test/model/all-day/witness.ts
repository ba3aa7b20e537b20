/** Sees every state of every device: each row in it, with the rev it has there, and since when. */
import type { ClientState, Conversation } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'

export interface Sighting {
  readonly device: string
  readonly owner: number
  readonly row: MessageRow
  /** The step of the history at which it was first seen there. */
  readonly at: number
}

export interface Witness {
  /** Of one device: called at the start of each of its lives; what it returns is called with each state. */
  watch(device: string, owner: number): () => (state: ClientState) => void
  /** A row as the server gave it. */
  hear(row: MessageRow): void
  readonly sightings: Iterable<Sighting>
  /** What was noticed on the way. */
  readonly noted: readonly Fault[]
}

/** @param step takes the next step of the history. */
export function createWitness(step: () => number): Witness {
  const sightings = new Map<string, Sighting>()
  /** What a row says at a rev: the same wherever it is seen. */
  const versions = new Map<string, string>()
  const noted: Fault[] = []

  function hear(row: MessageRow, device?: string): void {
    const key = `${row.conversation}/${row.seq} at rev ${row.rev}`
    const said = JSON.stringify([row.id, row.sender, row.at, row.body, row.edited_at, row.reactions])
    const known = versions.get(key)
    if (known === undefined) versions.set(key, said)
    else if (known !== said) noted.push(fault('changed', `[D11] ${key} is ${said} and ${known}`, device))
  }

  function watch(device: string, owner: number): () => (state: ClientState) => void {
    return () => {
      const revs = new Map<string, number>()
      let before: Pick<ClientState, 'conversations' | 'quoted'> = { conversations: new Map(), quoted: new Map() }

      function see(row: MessageRow, conversation: Conversation | undefined): void {
        const place = `${row.conversation}/${row.seq}`
        const key = `${device} ${place} ${row.rev}`
        if (!sightings.has(key)) sightings.set(key, { device, owner, row, at: step() })
        hear(row, device)
        if (!conversation || row.seq <= conversation.from_seq)
          noted.push(fault('foreign', `[D8] ${device} shows ${place}, which is not for ${owner}`, device))
        const rev = revs.get(place) ?? 0
        if (row.rev < rev)
          noted.push(fault('changed', `[D11] ${device} went back at ${place}: from rev ${rev} to ${row.rev}`, device))
        revs.set(place, row.rev)
      }

      return ({ conversations, quoted, groupPeople }) => {
        for (const [id, now] of conversations) {
          const known = before.conversations.get(id)
          if (known !== now) for (const row of newRows(known, now)) see(row, now)
        }
        if (quoted !== before.quoted)
          for (const [key, row] of quoted)
            if (row && before.quoted.get(key) !== row) see(row, conversations.get(row.conversation))
        for (const id of groupPeople.keys())
          if (!conversations.has(id))
            noted.push(fault('foreign', `[D8] ${device} lists the members of ${id}, where ${owner} is not`, device))
        before = { conversations, quoted }
      }
    }
  }

  return { watch, hear, sightings: { [Symbol.iterator]: () => sightings.values() }, noted }
}

/** Those that were not there before; all of them where another part of the conversation is for its owner now. */
function newRows(known: Conversation | undefined, now: Conversation): MessageRow[] {
  if (known?.from_seq !== now.from_seq) return rowsOf(now)
  if (known.messages === now.messages && known.around === now.around) return []
  const seen = new Set(rowsOf(known))
  return rowsOf(now).filter((row) => !seen.has(row))
}

function rowsOf({ messages, around }: Conversation): MessageRow[] {
  return [...messages, ...(around?.messages ?? [])]
}
