/** The groups that one is in, and who asks to come in. */
import type { ClientState, GroupConversation } from '@rookery/client'
import type { GroupRequestRow } from '@rookery/protocol'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
const week = 7 * 86_400_000

export function groupsOf(conversations: ClientState['conversations']): GroupConversation[] {
  return [...conversations.values()]
    .filter((one): one is GroupConversation => one.kind === 'group' && one.group !== null)
    .toSorted((one, other) => byName.compare(one.name, other.name) || one.id - other.id)
}

/** Those that wait for our answer first, then our own: what waits, and what was refused a short time ago. */
export function groupRequestsOf(requests: ClientState['requests'], me: number, now: number): GroupRequestRow[] {
  const own = ({ number }: GroupRequestRow) => number === me
  return [...requests.values()]
    .filter(({ state, at, number }) => state === 'waiting' || (state === 'refused' && number === me && now - at < week))
    .toSorted((one, other) => Number(own(one)) - Number(own(other)) || other.at - one.at)
}

/** How many wait for our answer. */
export function countAsking(requests: ClientState['requests'], me: number): number {
  let count = 0
  for (const { state, number } of requests.values()) if (state === 'waiting' && number !== me) count++
  return count
}
