/** The contact list under its groups: what stands in it line by line. Pure. */
import type { ContactRow } from '@rookery/protocol'

export type TreeLine =
  | {
      readonly kind: 'group'
      /** Empty for the first one, which everybody has. */
      readonly name: string
      readonly online: number
      readonly total: number
      readonly closed: boolean
    }
  | { readonly kind: 'contact'; readonly contact: ContactRow; readonly position: number; readonly total: number }

interface Tree {
  /** In the order in which they are read. */
  readonly friends: readonly ContactRow[]
  /** The names of the further groups, in order. */
  readonly groups: readonly string[]
  readonly closed: ReadonlySet<string>
  readonly online: { has(number: number): boolean }
}

/** Contacts whose group is not among them (it may be gone on another device) are in the first. */
export function contactTree({ friends, groups, closed, online }: Tree): TreeLine[] {
  const names = ['', ...groups]
  const inside = new Map<string, ContactRow[]>(names.map((name) => [name, []]))
  for (const contact of friends) (inside.get(contact.group) ?? inside.get(''))?.push(contact)
  return names.flatMap((name) => {
    const contacts = inside.get(name) ?? []
    const total = contacts.length
    const isClosed = closed.has(name)
    const heading: TreeLine = {
      kind: 'group',
      name,
      online: contacts.filter(({ peer }) => online.has(peer)).length,
      total,
      closed: isClosed,
    }
    if (isClosed) return [heading]
    const rows = contacts.map((contact, index): TreeLine => ({ kind: 'contact', contact, position: index + 1, total }))
    return [heading, ...rows]
  })
}
