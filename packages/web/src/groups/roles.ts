/** Who may do what in a group, as the buttons show it. The server decides. */
import type { GroupConversation } from '@rookery/client'
import type { GroupRole, GroupRow } from '@rookery/protocol'

const ranks = { owner: 2, admin: 1, member: 0 } as const

export function outranks(mine: GroupRole, theirs: GroupRole): boolean {
  return ranks[mine] > ranks[theirs] && mine !== 'member'
}

export function runs(role: GroupRole): boolean {
  return role !== 'member'
}

export function mayInvite(
  { role }: Pick<GroupConversation, 'role'>,
  group: Pick<GroupRow, 'inviting'> | null,
): boolean {
  return runs(role) || group?.inviting === 'members'
}

/** Until somebody lifts it: the end of the year 9999. */
export const untilLifted = Date.UTC(9999, 11, 31)

/** Further away than any silence that has an end. */
export function isUntilLifted(until: number, now: number): boolean {
  return until - now > 10 * 365 * 86_400_000
}
