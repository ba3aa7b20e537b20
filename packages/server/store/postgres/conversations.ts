/** Conversations, who is in them and how far they have read. */
import { ok, type Result } from '@rookery/protocol'
import type { ConversationStore } from '../../core/log-ports.ts'
import { directConversation, readersOf, showReaders } from '../queries/conversations.ts'
import { membershipOf, readMembership, type StoredMembership } from '../queries/own-rows.ts'
import type { Database } from './database.ts'
import { readChanges } from './sync.ts'

type Reads = Pick<ConversationStore, 'membership' | 'groupsOf' | 'readers' | 'changes'>

export function conversationReads(database: Database): Reads {
  return {
    async membership(number, conversation) {
      const [row] = await database.read<StoredMembership>(membershipOf, [number, conversation])
      return row ? readMembership(row) : null
    },
    groupsOf: (numbers) =>
      database.read(
        `SELECT m.owner AS number, m.conversation, m.from_seq FROM memberships m JOIN groups g ON g.conversation = m.conversation
         WHERE m.owner = ANY($1::bigint[]) AND m.gone = 0`,
        [numbers],
      ),
    readers: async (conversation, most) =>
      showReaders(await database.read<Reader>(readersOf, [conversation, most + 1]), most),
    changes: (request) => database.readSnapshot((connection) => readChanges(connection, request)),
  }
}

interface Reader {
  readonly number: number
  readonly read_seq: number
}

/** Done again it finds what it made. */
export function openDirect(
  database: Database,
  { one, other }: { one: number; other: number },
): Promise<Result<{ conversation: number }, never>> {
  const pair = [Math.min(one, other), Math.max(one, other)]
  return database.write(async (connection) => {
    const find = () => connection.query<{ conversation: number }>(directConversation, pair)
    const [found] = await find()
    if (found) return ok(found)
    await connection.run(
      `INSERT INTO conversations (kind, low, high) VALUES ('direct', $1, $2) ON CONFLICT (low, high) DO NOTHING`,
      pair,
    )
    const [made] = await find()
    if (!made) throw new Error('A conversation was made and is not there.')
    return ok(made)
  })
}
