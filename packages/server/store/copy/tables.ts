/** The tables that make up an installation, as both stores have them. A test holds this against their schemas. */

/** How a value travels: bytes and ids as hexadecimal text, everything else as it is. */
export type ColumnType = 'integer' | 'text' | 'bytes' | 'id'

export interface Table {
  readonly name: string
  /** In the order in which rows have their values; the key's columns come first. */
  readonly columns: readonly (readonly [name: string, type: ColumnType])[]
  /** How many of them are the key. */
  readonly key: number
}

/** Bytes and ids are hexadecimal. */
export type Value = string | number | null
export type Row = readonly Value[]

/** Columns as words, each a number unless a type is named after a colon. */
function table(name: string, key: string, rest: string): Table {
  const columns = `${key} ${rest}`.split(' ').map((word) => {
    const [column = '', type = 'integer'] = word.split(':')
    return [column, type as ColumnType] as const
  })
  return { name, columns, key: key.split(' ').length }
}

/** What others refer to comes first. */
export const tables: readonly Table[] = [
  table(
    'accounts',
    'number',
    'name:text folded_name:text handle:text password_hash:text role:text created_at rev legacy',
  ),
  table('tickets', 'hash:bytes', 'kind:text number expires_at'),
  table('sessions', 'session:text', 'hash:bytes number device:text legacy created_at seen_at'),
  table('contacts', 'owner peer', 'state:text greeting:text at rev'),
  table('conversations', 'conversation', 'kind:text low high last_seq rev txid'),
  table('memberships', 'owner conversation', 'writable read_seq rev'),
  table('messages', 'conversation seq', 'rev id:id sender at body:text txid'),
]
