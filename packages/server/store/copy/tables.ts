/** The tables that make up an installation, as both stores have them. A test holds this against their schemas. */

/** How a value travels: bytes and ids as hexadecimal text, everything else as it is. */
export type ColumnType = 'integer' | 'text' | 'bytes' | 'id'

export interface Table {
  readonly name: string
  /** In the order in which rows have their values; the key's columns come first. */
  readonly columns: readonly (readonly [name: string, type: ColumnType])[]
  /** How many of them are the key. */
  readonly key: number
  /** How many rows are read and written at once. */
  readonly chunk: number
}

/** Bytes and ids are hexadecimal. */
export type Value = string | number | null
export type Row = readonly Value[]

/** Columns as words, each a number unless a type is named after a colon. */
function table(name: string, key: string, rest: string, chunk = 10_000): Table {
  const columns = `${key} ${rest}`
    .trim()
    .split(' ')
    .map((word) => {
      const [column = '', type = 'integer'] = word.split(':')
      return [column, type as ColumnType] as const
    })
  return { name, columns, key: key.split(' ').length, chunk }
}

/** What others refer to comes first. What messages are found by is made anew from them, by each store in its way. */
export const tables: readonly Table[] = [
  table(
    'accounts',
    'number',
    'name:text folded_name:text handle:text password_hash:text role:text created_at rev legacy signature:text avatar:text last_seen',
  ),
  // Pictures are the only long rows.
  table('avatars', 'name:text', 'type:text bytes:bytes', 200),
  table('settings', 'owner', 'status:text contact_groups:text rev'),
  table('second_factors', 'number', 'secret:bytes step'),
  table('recovery_codes', 'number hash:bytes', ''),
  table('passkeys', 'passkey:text', 'number name:text public_key:bytes counter transports:text created_at used_at'),
  table('tickets', 'hash:bytes', 'kind:text number expires_at'),
  table('sessions', 'session:text', 'hash:bytes number device:text legacy created_at seen_at'),
  table('contacts', 'owner peer', 'state:text greeting:text at rev remark:text contact_group:text blocked hidden'),
  table('conversations', 'conversation', 'kind:text low high last_seq rev txid silenced'),
  table(
    'groups',
    'conversation',
    'name:text folded_name:text notice:text owner members history:text joining:text inviting:text listed dissolved version link_hash:bytes link_expires_at',
  ),
  table('group_requests', 'owner conversation number', 'greeting:text state:text at rev'),
  table(
    'memberships',
    'owner conversation',
    'writable read_seq rev from_seq pinned_at muted marked draft:text rank nickname:text folded_nickname:text silenced_until gone',
  ),
  table(
    'messages',
    'conversation seq',
    'rev id:id sender at body:text txid quiet edited_at reactions:text doc changed sent:text',
  ),
  table('mentions', 'conversation number seq', ''),
]

/** The table whose rows are indexed too. */
export const messages = 'messages'

/** What an index needs of one. */
export interface CopiedMessage {
  readonly doc: number
  readonly conversation: number
  readonly seq: number
  readonly sender: number
  readonly at: number
  readonly body: string
}

export function readMessage({ columns }: Table, row: Row): CopiedMessage {
  const valueOf = (name: string) => row[columns.findIndex(([column]) => column === name)] ?? 0
  const [doc, conversation, seq, sender, at] = ['doc', 'conversation', 'seq', 'sender', 'at'].map((name) =>
    Number(valueOf(name)),
  ) as [number, number, number, number, number]
  return { doc, conversation, seq, sender, at, body: String(valueOf('body')) }
}
