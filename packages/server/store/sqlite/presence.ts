/** Who is shown to whom, and when people were last there. */
import type { Database } from 'bun:sqlite'
import { ok, type Status } from '@rookery/protocol'
import type { ContactStore, Seen } from '../../core/own-row-ports.ts'
import type { AccountStore } from '../../core/ports.ts'
import * as sql from '../queries/presence.ts'

export function presenceReads(db: Database): Pick<ContactStore, 'shown' | 'seenBy' | 'hidesIn'> {
  const status = db.query<{ status: Status }, [number]>(sql.statusOf)
  const shownTo = db.query<{ peer: number }, [number]>(sql.shownTo)
  const seenByAll = db.query<Seen, [number]>(sql.seenByAll)
  const seenBySome = db.query<Seen, [number, string]>(
    `${sql.seenByAll} WHERE p.peer IN (SELECT value FROM json_each($2))`,
  )
  const hidesIn = db.query<{ found: number }, [number, number]>(sql.hidesIn)
  return {
    shown: async (number) => ({
      status: status.get(number)?.status ?? 'online',
      to: shownTo.all(number).map(({ peer }) => peer),
    }),
    seenBy: async (number, numbers) =>
      numbers === 'all' ? seenByAll.all(number) : seenBySome.all(number, JSON.stringify(numbers)),
    hidesIn: async (number, conversation) => hidesIn.get(number, conversation) !== null,
  }
}

export function presenceWrites(db: Database) {
  const note = db.query(sql.noteSeen)
  return {
    noteSeen({ numbers, at }: Parameters<AccountStore['noteSeen']>[0]) {
      for (const number of numbers) note.run(at, number)
      return ok(null)
    },
  }
}
