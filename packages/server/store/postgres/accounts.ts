/** Accounts and the one-time tickets that make or claim them. */
import { LIMITS, ok, refuse, type Person } from '@rookery/protocol'
import type { AccountStore, NewAccount, Ticket, TicketKind } from '../../core/ports.ts'
import * as sql from '../queries/accounts.ts'
import { readAccount, type StoredAccount } from '../queries/accounts.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { findByName } from './name-search.ts'

type Reads = Pick<AccountStore, 'find' | 'findByHandle' | 'search' | 'hasAdmin' | 'findTicket'>

export function accountReads(database: Database): Reads {
  const findOne = async (text: string, key: string | number) =>
    readAccount((await database.read<StoredAccount>(text, [key]))[0] ?? null)
  return {
    find: (number) => findOne(sql.accountByNumber, number),
    findByHandle: (handle) => findOne(sql.accountByHandle, handle),
    search: (query, limit) => findByName<Person>(database, 'accounts', query, limit),
    hasAdmin: async () => (await database.read(sql.anyAdmin)).length > 0,
    findTicket: async (hash, now) => (await database.read<Ticket>(sql.liveTicket, [hash, now]))[0] ?? null,
  }
}

/** One at a time on all nodes together, so that what is taken is known when the next one looks. */
const lockNames = `SELECT pg_advisory_xact_lock(hashtext('rookery names'))`

export async function createAccount(connection: Connection, account: NewAccount) {
  const { number, name, folded_name, handle, password_hash, role, at, ticket } = account
  await connection.query(lockNames)
  const rows = await connection.query<{ number: number }>(sql.takenNames, [number ?? 0, handle])
  if (rows.some((row) => row.number === number)) return refuse('number_taken')
  if (rows.length > 0) return refuse('name_taken')
  if (ticket && (await connection.query(sql.useTicket, [ticket.hash, ticket.kind, at])).length === 0)
    return refuse('ticket_invalid')
  const chosen = number ?? (await giveNumber(connection))
  await connection.run(sql.insertAccount, [chosen, name, folded_name, handle, password_hash, role, at])
  return ok({ number: chosen })
}

/** Walks over what is taken in a row by one look each, whatever the planner thinks of it. */
const nextFree = `
  WITH RECURSIVE candidates (number) AS (
    SELECT $1::bigint
    UNION ALL
    SELECT number + 1 FROM candidates c WHERE (SELECT a.number FROM accounts a WHERE a.number = c.number) IS NOT NULL
  ) SELECT max(number) AS number FROM candidates`

/** The number to give: never one below the last one given, and around those that an administrator chose. */
async function giveNumber(connection: Connection): Promise<number> {
  const [given] = await connection.query<{ value: string }>(sql.nextNumber)
  const from = Number(given?.value ?? LIMITS.firstNumber)
  const number = (await connection.query<{ number: number }>(nextFree, [from]))[0]?.number ?? from
  await connection.run(sql.rememberNextNumber, [number + 1])
  return number
}

export async function setPassword(
  connection: Connection,
  { number, before, password_hash, keep }: Parameters<AccountStore['setPassword']>[0],
) {
  if ((await connection.run(sql.changeHash, [password_hash, number, before])) === 0) return refuse('wrong_old_password')
  return ok({ ended: await endSessions(connection, sql.endOtherSessions, [number, keep]) })
}

export async function allowLegacy(
  connection: Connection,
  { number, legacy }: Parameters<AccountStore['allowLegacy']>[0],
) {
  await connection.run(sql.setLegacy, [legacy ? 1 : 0, number])
  return ok({ ended: legacy ? [] : await endSessions(connection, sql.endLegacySessions, [number]) })
}

async function endSessions(
  connection: Connection,
  text: string,
  values: readonly (string | number | null)[],
): Promise<string[]> {
  return (await connection.query<{ session: string }>(text, values)).map(({ session }) => session)
}

export async function createTicket(
  connection: Connection,
  { hash, kind, number, expires_at }: Parameters<AccountStore['createTicket']>[0],
) {
  await connection.run(sql.insertTicket, [hash, kind, number, expires_at])
  return ok(null)
}

export async function dropTickets(connection: Connection, kind: TicketKind) {
  await connection.run(sql.dropTickets, [kind])
  return ok(null)
}

export async function claimAccount(
  connection: Connection,
  { hash, password_hash, at }: Parameters<AccountStore['claim']>[0],
) {
  const [used] = await connection.query<{ number: number | null }>(sql.useTicket, [hash, 'claim', at])
  if (!used?.number) return refuse('ticket_invalid')
  await connection.run(sql.setHash, [password_hash, used.number])
  return ok({ number: used.number })
}
