/** Roles in a group, in their order. */
import type { GroupRole } from '@rookery/protocol'

const order: readonly GroupRole[] = ['owner', 'admin', 'member']

export function outranks(one: GroupRole, other: GroupRole): boolean {
  return order.indexOf(one) < order.indexOf(other)
}
