/** Names of people who are no contacts: asked for when somebody draws them, and once in a run though they are held. */
import { errors, LIMITS, type MemberRow } from '@rookery/protocol'
import { createCollector } from './collector.ts'
import type { Connection } from './connection.ts'
import { putGroupPeople } from './group-people.ts'
import type { ClientState } from './state.ts'

export interface PeopleParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
}

export interface People {
  /** @param conversation the group that they are drawn in: then their names in it come too. */
  know(numbers: readonly number[], conversation?: number): void
  /** There is a connection: what got no answer is asked again. */
  refresh(): void
}

/** In no group. */
const nowhere = 0

export function createPeople({ call, state, set }: PeopleParts): People {
  const done = new Set<string>()
  const collector = createCollector<number>(LIMITS.pageMessages, ask)

  async function ask(conversation: number, numbers: readonly number[]): Promise<boolean> {
    const answer =
      conversation === nowhere
        ? await call('people.get', { numbers: [...numbers] })
        : await call('groups.people', { conversation, numbers: [...numbers] })
    if (!answer.ok && errors[answer.code].retry !== 'no') return false
    for (const number of numbers) done.add(`${conversation} ${number}`)
    if (!answer.ok) return true
    if ('people' in answer.value) {
      const people = new Map(state().people)
      for (const person of answer.value.people) people.set(person.number, person)
      set({ ...state(), people })
    } else set(putMembers(state(), conversation, answer.value.members))
    return true
  }

  return {
    know(numbers, conversation) {
      const { me, contacts, conversations, groupPeople } = state()
      const isGroup = conversation !== undefined && conversations.get(conversation)?.kind === 'group'
      const group = isGroup ? conversation : nowhere
      // What was held of a group may have been let go since.
      const isHeld = !isGroup || groupPeople.has(conversation)
      for (const number of numbers) {
        const isKnown = number === me?.number || (!isGroup && contacts.get(number)?.name)
        if (!isKnown && !(isHeld && done.has(`${group} ${number}`))) collector.want(group, number)
      }
    },
    refresh: collector.refresh,
  }
}

/** A group knows them by name and picture; what else is held of them stays. */
function putMembers(before: ClientState, conversation: number, members: readonly MemberRow[]): ClientState {
  const people = new Map(before.people)
  for (const { number, name, avatar } of members)
    people.set(number, { number, name, signature: people.get(number)?.signature ?? '', avatar })
  return putGroupPeople({ ...before, people }, conversation, ({ people: known, ...rest }) => ({
    ...rest,
    people: new Map([...known, ...members.map((member) => [member.number, member] as const)]),
  }))
}
