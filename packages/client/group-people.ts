/** What is held about the people of groups: of a few groups only, those that were asked about last. Pure. */
import type { ClientState, GroupPeople } from './state.ts'

/** Groups that nobody looks at any more, whose people are still held. */
const mostGroups = 16

const nobody: GroupPeople = { people: new Map(), list: null, more: false }

export function putGroupPeople(
  state: ClientState,
  conversation: number,
  change: (before: GroupPeople) => GroupPeople,
): ClientState {
  if (!state.conversations.has(conversation)) return state
  const groupPeople = new Map(state.groupPeople)
  const next = change(groupPeople.get(conversation) ?? nobody)
  // The last one is the one that was asked about last.
  groupPeople.delete(conversation)
  groupPeople.set(conversation, next)
  const idle = [...groupPeople].filter(([id, { list }]) => list === null && id !== conversation)
  for (const [id] of idle.slice(0, Math.max(0, groupPeople.size - mostGroups))) groupPeople.delete(id)
  return { ...state, groupPeople }
}
