/** Which groups this node listens to: those that somebody connected here is in, each once; and who is told what of it. */
import { encodeFrame } from '@rookery/protocol'
import { groupTopicOf } from '../core/announce.ts'
import type { Bus, BusEvent, Joined } from '../core/bus-ports.ts'

/** The groups that these people are in now. */
export type GroupsOf = (numbers: readonly number[]) => Promise<readonly (Joined & { readonly number: number })[]>

export interface GroupEars {
  /** Somebody is here: resolves once what their groups are told is heard. */
  open(number: number): Promise<void>
  /** They came into groups, or are out of them. */
  change(number: number, change: { readonly joined: readonly Joined[]; readonly left: readonly number[] }): void
  close(number: number): void
  /** Sets right for everybody here what was missed. */
  check(): Promise<void>
}

interface Listener {
  readonly groups: Set<number>
  /** What was said while the store was asked: it is newer than the answer. */
  readonly said: Map<number, 'joined' | 'left'>
}

/** People in one question to the store. */
const atOnce = 1_000

export function createGroupEars(
  bus: Bus,
  groupsOf: GroupsOf,
  tell: (number: number, event: BusEvent) => void,
): GroupEars {
  const listeners = new Map<number, Listener>()
  /** Each member with what came before their time. */
  const groups = new Map<number, { readonly members: Map<number, number>; readonly unsubscribe: () => void }>()

  function listen(number: number, { conversation, from_seq }: Joined): void {
    let group = groups.get(conversation)
    if (!group) {
      const members = new Map<number, number>()
      const unsubscribe = bus.subscribe(groupTopicOf(conversation), (event) => {
        const hidden = hide(conversation, event)
        for (const [member, from] of members) tell(member, hidden && from >= hidden.seq ? hidden.event : event)
      })
      group = { members, unsubscribe }
      groups.set(conversation, group)
    }
    group.members.set(number, from_seq)
    listeners.get(number)?.groups.add(conversation)
  }

  function stop(conversation: number, number: number): void {
    listeners.get(number)?.groups.delete(conversation)
    const group = groups.get(conversation)
    if (!group?.members.delete(number) || group.members.size > 0) return
    group.unsubscribe()
    groups.delete(conversation)
  }

  async function ask(numbers: readonly number[]): Promise<void> {
    const asked = numbers.flatMap((number) => {
      const listener = listeners.get(number)
      listener?.said.clear()
      return listener ? [{ number, listener }] : []
    })
    const rows = await groupsOf(asked.map(({ number }) => number))
    const found = Map.groupBy(rows, ({ number }) => number)
    for (const { number, listener } of asked) {
      // Gone meanwhile, or gone and back: then they were asked for anew.
      if (listeners.get(number) !== listener) continue
      const now = found.get(number) ?? []
      for (const joined of now) if (!listener.said.has(joined.conversation)) listen(number, joined)
      const still = new Set(now.map(({ conversation }) => conversation))
      for (const conversation of listener.groups)
        if (!still.has(conversation) && listener.said.get(conversation) !== 'joined') stop(conversation, number)
    }
  }

  return {
    open(number) {
      listeners.set(number, { groups: new Set(), said: new Map() })
      return ask([number])
    },
    change(number, { joined, left }) {
      const listener = listeners.get(number)
      if (!listener) return
      for (const conversation of left) {
        listener.said.set(conversation, 'left')
        stop(conversation, number)
      }
      for (const since of joined) {
        listener.said.set(since.conversation, 'joined')
        listen(number, since)
      }
    },
    close(number) {
      for (const conversation of listeners.get(number)?.groups ?? []) stop(conversation, number)
      listeners.delete(number)
    },
    async check() {
      const numbers = [...listeners.keys()]
      for (let from = 0; from < numbers.length; from += atOnce) await ask(numbers.slice(from, from + atOnce))
    },
  }
}

/** What those are told to whom a message is not to be shown; null for what is for all. */
function hide(conversation: number, event: BusEvent): { readonly seq: number; readonly event: BusEvent } | null {
  if (event.kind !== 'frame' || !event.message) return null
  const { seq, rev } = event.message
  const frame = encodeFrame({ push: 'hidden', conversation, rev })
  return { seq, event: { kind: 'frame', frame, except: event.except } }
}
