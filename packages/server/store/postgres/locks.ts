/** Locks are always taken in one order, so that no two wait for each other: accounts by number, conversations by id. */
import type { Connection } from './connection.ts'
import type { Work } from './lane.ts'

/** The revs of locked accounts, each as it stands after what was written so far. */
export type Revs = Map<number, number>

/** What is written row by row, once these are locked: accounts, the people of conversations entered, conversations. */
export interface Change<Value> {
  readonly accounts: readonly number[]
  readonly entered: readonly number[]
  readonly conversations: readonly number[]
  /** @param revs of the accounts. */
  run(connection: Connection, revs: Revs): Promise<Work<Value>>
}

const lockNumbers =
  'SELECT number, rev FROM accounts WHERE number = ANY($1::bigint[]) ORDER BY number FOR NO KEY UPDATE'
const lockWithPeople = `SELECT number, rev FROM accounts a
  WHERE number IN (
    SELECT unnest($1::bigint[])
    UNION SELECT unnest(ARRAY[low, high]) FROM conversations WHERE conversation = ANY($2::bigint[])
  ) ORDER BY number FOR NO KEY UPDATE OF a`

/**
 * Answers their revs.
 * @param entered conversations whose two people are locked too, since a new row there shows one of them.
 */
export async function lockAccounts(
  connection: Connection,
  numbers: readonly number[],
  entered: readonly number[] = [],
): Promise<Revs> {
  if (numbers.length === 0) return new Map()
  const rows = await (entered.length > 0
    ? connection.query<{ number: number; rev: number }>(lockWithPeople, [numbers, entered])
    : connection.query<{ number: number; rev: number }>(lockNumbers, [numbers]))
  return new Map(rows.map(({ number, rev }) => [number, rev]))
}

export async function lockConversations(connection: Connection, conversations: readonly number[]): Promise<void> {
  if (conversations.length === 0) return
  await connection.query(
    `SELECT 1 FROM conversations WHERE conversation = ANY($1::bigint[]) ORDER BY conversation FOR NO KEY UPDATE`,
    [conversations],
  )
}
