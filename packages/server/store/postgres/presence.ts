/** Who is shown to whom, and when people were last there. */
import { ok, type Status } from '@rookery/protocol'
import type { ContactStore, Seen } from '../../core/own-row-ports.ts'
import type { AccountStore } from '../../core/ports.ts'
import * as sql from '../queries/presence.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'

export function presenceReads(database: Database): Pick<ContactStore, 'shown' | 'seenBy' | 'hidesIn'> {
  return {
    async shown(number) {
      const [status, to] = await Promise.all([
        database.read<{ status: Status }>(sql.statusOf, [number]),
        database.read<{ peer: number }>(sql.shownTo, [number]),
      ])
      return { status: status[0]?.status ?? 'online', to: to.map(({ peer }) => peer) }
    },
    seenBy: (number, numbers) =>
      numbers === 'all'
        ? database.read<Seen>(sql.seenByAll, [number])
        : database.read<Seen>(`${sql.seenByAll} WHERE p.peer = ANY ($2::bigint[])`, [number, numbers]),
    hidesIn: async (number, conversation) => (await database.read(sql.hidesIn, [number, conversation])).length > 0,
  }
}

/** Accounts are locked by number, as everywhere. Done again it changes nothing more. */
export async function noteSeen(connection: Connection, { numbers, at }: Parameters<AccountStore['noteSeen']>[0]) {
  const ordered = [...new Set(numbers)].sort((a, b) => a - b)
  for (const number of ordered) await connection.run(sql.noteSeen, [at, number])
  return ok(null)
}
