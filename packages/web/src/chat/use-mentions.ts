/** Calling members of a group out: the list behind an `@`, and who is called out by what was written. */
import type { Conversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import { LIMITS } from '@rookery/protocol'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { useDesk } from './desk.ts'
import { everyoneNames } from './everyone.ts'
import { mentionQuery } from './mentions.ts'

export type Callable = { readonly kind: 'all' } | { readonly kind: 'member'; readonly member: MemberRow }

export interface Mentions {
  readonly open: boolean
  readonly options: readonly Callable[]
  readonly active: number
  readonly listId: string
  readonly activeId: string | undefined
  look(field: HTMLTextAreaElement): void
  close(): void
  pick(one: Callable, setText: (text: string) => void): void
  /** True where the key was for the list. */
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>, setText: (text: string) => void): boolean
  /** Who is called out by a text, as a message says it. */
  calledIn(text: string): { mentions?: number[]; mentions_all?: true }
  forget(): void
}

const most = 20

/** What others see is what they are called in the group: never the remark that one has for them. */
export function callName({ nickname, name }: MemberRow): string {
  return nickname || name
}

/** Who was picked and not sent yet, by conversation: a draft may be left and come back to. */
const picked = new Map<number, Map<string, number>>()

export function useMentions(conversation: Conversation): Mentions {
  const { id } = conversation
  const client = useClient()
  const me = useMe()
  const desk = useDesk()
  const listId = useId()
  const [query, setQuery] = useState<string | null>(null)
  const [found, setFound] = useState<readonly MemberRow[]>([])
  const [active, setActive] = useState(0)
  const isGroup = conversation.kind === 'group'
  const mayCallAll = isGroup && conversation.role !== 'member'

  useEffect(() => {
    if (query === null) return
    let isOver = false
    const input = { conversation: id, limit: most, ...(query !== '' && { query }) }
    const ask = async () => {
      const answer = await client.call('groups.members', input)
      if (!isOver) setFound(answer.ok ? answer.value.members : [])
    }
    void ask()
    return () => {
      isOver = true
    }
  }, [client, id, query])

  const isAll = mayCallAll && query !== null && m.mention_everyone().toLowerCase().startsWith(query.toLowerCase())
  const others = found.filter(({ number }) => number !== me.number)
  const options: Callable[] =
    query === null
      ? []
      : [...(isAll ? [{ kind: 'all' } as const] : []), ...others.map((member) => ({ kind: 'member', member }) as const)]
  const open = options.length > 0
  const at = Math.min(active, options.length - 1)

  function close() {
    setQuery(null)
  }

  function look(field: HTMLTextAreaElement) {
    if (!isGroup || field.selectionStart !== field.selectionEnd) return close()
    const next = mentionQuery(field.value, field.selectionStart)
    if (next !== query) setActive(0)
    setQuery(next)
  }

  function pick(one: Callable, setText: (text: string) => void) {
    const field = desk.field.state()
    if (field === null || query === null) return
    const name = one.kind === 'all' ? m.mention_everyone() : callName(one.member)
    if (one.kind === 'member') picked.set(id, new Map(picked.get(id)).set(name, one.member.number))
    const caret = field.selectionStart
    field.setRangeText(`@${name} `, caret - query.length - 1, caret, 'end')
    setText(field.value)
    close()
    field.focus()
  }

  return {
    open,
    options,
    active: at,
    listId,
    activeId: open ? `${listId}-${at}` : undefined,
    look,
    close,
    pick,
    onKeyDown(event, setText) {
      const one = options[at]
      if (!open || !one || event.nativeEvent.isComposing) return false
      if (event.key === 'ArrowDown') setActive((at + 1) % options.length)
      else if (event.key === 'ArrowUp') setActive((at - 1 + options.length) % options.length)
      else if (event.key === 'Enter' || event.key === 'Tab') pick(one, setText)
      else if (event.key === 'Escape') close()
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    calledIn(text) {
      if (!isGroup || !text.includes('@')) return {}
      const known = client.state().groupPeople.get(id)?.people.values() ?? []
      const names = new Map([...known].map((member) => [callName(member), member.number] as const))
      for (const [name, number] of picked.get(id) ?? []) names.set(name, number)
      const called = [...names].filter(([name]) => name !== '' && text.includes(`@${name}`)).map(([, number]) => number)
      const mentions = [...new Set(called)].filter((number) => number !== me.number).slice(0, LIMITS.mentions)
      const isAllCalled = mayCallAll && everyoneNames.some((name) => text.includes(`@${name}`))
      return { ...(mentions.length > 0 && { mentions }), ...(isAllCalled && { mentions_all: true }) }
    },
    forget() {
      picked.delete(id)
    },
  }
}
