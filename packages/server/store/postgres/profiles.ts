/** What others see of somebody, and who has to learn of a change: however many they are, one statement for each kind. */
import { ok, type Person, type Result } from '@rookery/protocol'
import type { Avatar, ContactStore, OwnRowsOf, ProfileChange } from '../../core/own-row-ports.ts'
import type { AccountStore } from '../../core/ports.ts'
import * as own from '../queries/own-rows.ts'
import * as sql from '../queries/profiles.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import type { Lane, Work } from './lane.ts'
import { lockAccounts } from './locks.ts'

export function profileReads(database: Database): Pick<ContactStore, 'avatar'> & Pick<AccountStore, 'people'> {
  return {
    people: (numbers) => database.read<Person>(sql.personOf.replace('= $1', '= ANY($1::bigint[])'), [numbers]),
    avatar: async (name) => (await database.read<Avatar>(sql.readAvatar, [name]))[0] ?? null,
  }
}

/** Each row that shows somebody, with the rev that it takes; the owners' accounts are locked. */
const shown = `
  WITH shown AS (
    SELECT number AS owner, 0 AS kind, 0 AS conversation FROM accounts WHERE number = $1
    UNION ALL SELECT owner, 1, 0 FROM (${sql.contactOwners}) c
    UNION ALL SELECT owner, 2, conversation FROM (${sql.chatOwners}) m
  ), numbered AS (
    SELECT s.*, a.rev + row_number() OVER (PARTITION BY s.owner ORDER BY s.kind, s.conversation) AS rev
    FROM shown s JOIN accounts a ON a.number = s.owner
  ), settled AS (
    ${own.intoSettings} SELECT owner, 'online', '[]', rev FROM numbered WHERE kind = 0
    ON CONFLICT (owner) DO UPDATE SET rev = excluded.rev
  ), contacted AS (
    UPDATE contacts c SET rev = n.rev FROM numbered n WHERE n.kind = 1 AND c.owner = n.owner AND c.peer = $1
  ), chatted AS (
    UPDATE memberships m SET rev = n.rev FROM numbered n
    WHERE n.kind = 2 AND m.owner = n.owner AND m.conversation = n.conversation
  )
  UPDATE accounts a SET rev = n.rev
  FROM (SELECT owner, max(rev) AS rev FROM numbered GROUP BY owner) n WHERE a.number = n.owner`

const owners = `SELECT $1::bigint AS owner UNION SELECT owner FROM (${sql.contactOwners}) c
  UNION SELECT owner FROM (${sql.chatOwners}) m`

const contactsShowing = `SELECT c.owner, ${own.contacts.slice('SELECT '.length)} WHERE c.peer = $1`
const chatsShowing = `SELECT m.owner, ${own.memberships.slice('SELECT '.length)}
  JOIN (${sql.chatOwners}) o ON o.owner = m.owner AND o.conversation = m.conversation`

/** Begins again where somebody else came in between who has the person in a row: theirs was not locked. */
export async function changeProfile(lane: Lane, change: ProfileChange): Promise<Result<OwnRowsOf[], never>> {
  for (;;) {
    const changed = await lane.commit((connection) => changeOnce(connection, change))
    if (changed) return ok(changed)
  }
}

async function changeOnce(connection: Connection, change: ProfileChange): Promise<Work<OwnRowsOf[] | null>> {
  const { number, name, folded_name, signature, avatar } = change
  const readOwners = async () => (await connection.query<{ owner: number }>(owners, [number])).map(({ owner }) => owner)
  const locked = await lockAccounts(connection, await readOwners())
  // With the person's own account locked nobody more can take them into a row.
  if ((await readOwners()).some((owner) => !locked.has(owner))) return { value: null, wrote: false }
  const [before] = await connection.query<{ avatar: string }>(sql.avatarName, [number])
  const picture = avatar === undefined ? null : (avatar?.name ?? '')
  const isLeft = picture !== null && before !== undefined && before.avatar !== ''
  await Promise.all([
    avatar && connection.run(sql.putAvatar, [avatar.name, avatar.type, avatar.bytes]),
    connection.run(sql.setProfile, [name ?? null, folded_name ?? null, signature ?? null, picture, number]),
    isLeft && connection.run(sql.dropAvatar, [before.avatar]),
    connection.run(shown, [number]),
  ])
  return { value: await readShown(connection, number), wrote: true }
}

async function readShown(connection: Connection, number: number): Promise<OwnRowsOf[]> {
  const [settings, contacts, chats] = await Promise.all([
    connection.query<own.StoredSettings>(own.settingsOf, [number]),
    connection.query<own.StoredContact & { owner: number }>(contactsShowing, [number]),
    connection.query<own.StoredMembership & { owner: number }>(chatsShowing, [number]),
  ])
  const byOwner = new Map<number, OwnRowsOf>()
  const rowsOf = (owner: number): OwnRowsOf => {
    const rows = byOwner.get(owner) ?? { owner, contacts: [], memberships: [], requests: [], settings: [] }
    byOwner.set(owner, rows)
    return rows
  }
  rowsOf(number).settings.push(...settings.map(own.readSettings))
  for (const { owner, ...row } of contacts) rowsOf(owner).contacts.push(own.readContact(row))
  for (const { owner, ...row } of chats) rowsOf(owner).memberships.push(own.readMembership(row))
  return [...byOwner.values()]
}
