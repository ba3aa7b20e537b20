/** What others see of somebody, and who has to learn of a change. */
import type { Database } from 'bun:sqlite'
import { ok, type Person } from '@rookery/protocol'
import type { Avatar, ContactStore, ProfileChange, RowChange } from '../../core/own-row-ports.ts'
import * as sql from '../queries/profiles.ts'
import { rowChanges } from './own-rows.ts'
import type { Transactions } from './transactions.ts'

export function profileReads(db: Database): Pick<ContactStore, 'avatar'> & {
  people(numbers: readonly number[]): Promise<Person[]>
} {
  const person = db.query<Person, [number]>(sql.personOf)
  const avatar = db.query<Avatar, [string]>(sql.readAvatar)
  return {
    people: async (numbers) => [...new Set(numbers)].flatMap((number) => person.get(number) ?? []),
    avatar: async (name) => avatar.get(name),
  }
}

export function profileWrites(db: Database, transactions: Transactions) {
  const { write } = rowChanges(db, transactions)
  const set = db.query(sql.setProfile)
  const before = db.query<{ avatar: string }, [number]>(sql.avatarName)
  const putAvatar = db.query(sql.putAvatar)
  const dropAvatar = db.query(sql.dropAvatar)
  const contactOwners = db.query<{ owner: number }, [number]>(sql.contactOwners)
  const chatOwners = db.query<{ owner: number; conversation: number }, [number]>(sql.chatOwners)

  /** Nothing of these rows is set, whatever they are; each takes a rev, since it shows the person. */
  function rowsAbout(number: number): RowChange[] {
    const shown = { set: {}, expect: 0 } as const
    const contacts = contactOwners.all(number)
    const chats = chatOwners.all(number)
    return [
      { row: 'settings', owner: number, ...shown },
      ...contacts.map(({ owner }) => ({ row: 'contact', owner, peer: number, ...shown }) as const),
      ...chats.map(({ owner, conversation }) => ({ row: 'membership', owner, conversation, ...shown }) as const),
    ]
  }

  return {
    changeProfile({ number, name, folded_name, signature, avatar }: ProfileChange) {
      const old = before.get(number)?.avatar ?? ''
      if (avatar) putAvatar.run(avatar.name, avatar.type, avatar.bytes)
      const picture = avatar === undefined ? null : (avatar?.name ?? '')
      set.run(name ?? null, folded_name ?? null, signature ?? null, picture, number)
      if (old !== '' && picture !== null) dropAvatar.run(old)
      return ok(write(rowsAbout(number)))
    },
  }
}
