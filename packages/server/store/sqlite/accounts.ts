/** Accounts and the one-time tickets that make or claim them. */
import type { Database } from 'bun:sqlite'
import { LIMITS, ok, refuse, type Person } from '@rookery/protocol'
import type { AccountStore, NewAccount, Ticket } from '../../core/ports.ts'
import * as sql from '../queries/accounts.ts'
import { readAccount, type StoredAccount } from '../queries/accounts.ts'

type Reads = Pick<AccountStore, 'find' | 'findByHandle' | 'hasAdmin' | 'findTicket'>

/** By number, or a part of the name: every account is looked at. */
export function peopleSearch(db: Database) {
  const byNumberOrName = db.query<Person, [string, string, number]>(
    `SELECT number, name, signature, avatar FROM accounts WHERE CAST(number AS TEXT) = $1 OR instr(folded_name, $2) > 0 ORDER BY number LIMIT $3`,
  )
  return ({ query, limit }: { query: string; limit: number }) => byNumberOrName.all(query, query, limit)
}

export function accountReads(db: Database): Reads {
  const byNumber = db.query<StoredAccount, [number]>(sql.accountByNumber)
  const byHandle = db.query<StoredAccount, [string]>(sql.accountByHandle)
  const anyAdmin = db.query<{ found: number }, []>(sql.anyAdmin)
  const ticket = db.query<Ticket, [Uint8Array, number]>(sql.liveTicket)
  return {
    find: async (number) => readAccount(byNumber.get(number)),
    findByHandle: async (handle) => readAccount(byHandle.get(handle)),
    hasAdmin: async () => anyAdmin.get() !== null,
    findTicket: async (hash, now) => ticket.get(hash, now),
  }
}

export function accountWrites(db: Database) {
  const taken = db.query<{ number: number; handle: string | null }, [number, string | null]>(sql.takenNames)
  // Walks over what is taken in a row, not over all there are: 0.1 ms beside 500,000 accounts, against 200 ms.
  const nextFree = db.query<{ number: number }, [number]>(
    `WITH RECURSIVE candidates (number) AS (
       SELECT $1 UNION ALL SELECT number + 1 FROM candidates WHERE number IN (SELECT number FROM accounts)
     ) SELECT max(number) AS number FROM candidates`,
  )
  const given = db.query<{ value: string }, []>(sql.nextNumber)
  const remember = db.query(sql.rememberNextNumber)
  const insert = db.query(sql.insertAccount)
  const useTicket = db.query<{ number: number | null }, [Uint8Array, string, number]>(sql.useTicket)
  const setHash = db.query(sql.setHash)
  const changeHash = db.query(sql.changeHash)
  const endOthers = db.query<{ session: string }, [number, string | null]>(sql.endOtherSessions)
  const setLegacy = db.query(sql.setLegacy)
  const endLegacy = db.query<{ session: string }, [number]>(sql.endLegacySessions)
  const insertTicket = db.query(sql.insertTicket)
  const dropTickets = db.query(sql.dropTickets)

  /** The number to give: never one below the last one given, and around those that an administrator chose. */
  function giveNumber(): number {
    const from = Number(given.get()?.value ?? LIMITS.firstNumber)
    const number = nextFree.get(from)?.number ?? from
    remember.run(String(number + 1))
    return number
  }

  return {
    createAccount({ number, name, folded_name, handle, password_hash, role, at, ticket }: NewAccount) {
      const rows = taken.all(number ?? 0, handle)
      if (rows.some((row) => row.number === number)) return refuse('number_taken')
      if (rows.length > 0) return refuse('name_taken')
      if (ticket && !useTicket.get(ticket.hash, ticket.kind, at)) return refuse('ticket_invalid')
      const chosen = number ?? giveNumber()
      insert.run(chosen, name, folded_name, handle, password_hash, role, at)
      return ok({ number: chosen })
    },
    setPassword({ number, before, password_hash, keep }: Parameters<AccountStore['setPassword']>[0]) {
      if (changeHash.run(password_hash, number, before).changes === 0) return refuse('wrong_old_password')
      return ok({ ended: endOthers.all(number, keep).map(({ session }) => session) })
    },
    allowLegacy({ number, legacy }: Parameters<AccountStore['allowLegacy']>[0]) {
      setLegacy.run(legacy ? 1 : 0, number)
      return ok({ ended: legacy ? [] : endLegacy.all(number).map(({ session }) => session) })
    },
    createTicket({ hash, kind, number, expires_at }: Parameters<AccountStore['createTicket']>[0]) {
      insertTicket.run(hash, kind, number, expires_at)
      return ok(null)
    },
    dropTickets(kind: Parameters<AccountStore['dropTickets']>[0]) {
      dropTickets.run(kind)
      return ok(null)
    },
    claimAccount({ hash, password_hash, at }: Parameters<AccountStore['claim']>[0]) {
      const used = useTicket.get(hash, 'claim', at)
      if (!used?.number) return refuse('ticket_invalid')
      setHash.run(password_hash, used.number)
      return ok({ number: used.number })
    },
  }
}
