/** The lists of members that somebody looks at: loaded page by page, and anew when the group changes. */
import { LIMITS, type MemberRow } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { putGroupPeople } from './group-people.ts'
import type { ClientState, GroupPeople } from './state.ts'

export interface MemberParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
}

export interface Members {
  /** The first page, or the next one. False where there is no more, or not now. */
  load(conversation: number): Promise<boolean>
  leave(conversation: number): void
  /** Something changed, or there is a connection again: lists of groups that are others by now are loaded anew. */
  refresh(): Promise<void>
}

/** The order of the list. */
const ranks = { owner: 0, admin: 1, member: 2 } as const

export function createMembers({ call, state, set }: MemberParts): Members {
  /** The version that each list is of, at least. */
  const versions = new Map<number, number>()
  const busy = new Set<number>()

  const listOf = (id: number) => state().groupPeople.get(id)?.list ?? null

  function versionOf(id: number): number {
    const conversation = state().conversations.get(id)
    return conversation?.kind === 'group' ? (conversation.group?.version ?? 0) : 0
  }

  async function ask(conversation: number, after: MemberRow | undefined): Promise<readonly MemberRow[] | null> {
    const place = after && ([ranks[after.role], after.number] as [number, number])
    const answer = await call('groups.members', { conversation, ...(place && { after: place }) })
    return answer.ok ? answer.value.members : null
  }

  function put(id: number, list: readonly MemberRow[], page: readonly MemberRow[]): void {
    const more = page.length === LIMITS.memberPage
    const shown = ({ people }: GroupPeople): GroupPeople => ({
      people: new Map([...people, ...page.map((member) => [member.number, member] as const)]),
      list: [...list, ...page],
      more,
    })
    set(putGroupPeople(state(), id, shown))
  }

  async function load(id: number): Promise<boolean> {
    const list = listOf(id)
    if (!state().conversations.has(id) || busy.has(id) || (list && !state().groupPeople.get(id)?.more)) return false
    busy.add(id)
    const version = versionOf(id)
    const page = await ask(id, list?.at(-1))
    busy.delete(id)
    if (!page || (list && !listOf(id))) return false
    if (!list) versions.set(id, version)
    put(id, list ?? [], page)
    return page.length === LIMITS.memberPage
  }

  /** As far as it was loaded. */
  async function loadAnew(id: number): Promise<boolean> {
    busy.add(id)
    const version = versionOf(id)
    const wanted = listOf(id)?.length ?? 0
    const list: MemberRow[] = []
    let page = await ask(id, undefined)
    while (page?.length === LIMITS.memberPage && list.length + page.length < wanted) {
      list.push(...page)
      page = await ask(id, list.at(-1))
    }
    busy.delete(id)
    if (!page || !listOf(id)) return false
    versions.set(id, version)
    put(id, list, page)
    return true
  }

  async function refresh(): Promise<void> {
    for (const [id, { list }] of state().groupPeople)
      if (list && !busy.has(id) && versionOf(id) > (versions.get(id) ?? 0)) {
        const isDone = await loadAnew(id)
        return isDone ? refresh() : undefined
      }
  }

  return {
    load,
    leave(id) {
      if (listOf(id)) set(putGroupPeople(state(), id, (before) => ({ ...before, list: null, more: false })))
    },
    refresh,
  }
}
