/** A cache's records in IndexedDB: a change written, and what is held read. */
import type { MessageRow } from '@rookery/protocol'
import { blockOf, groupByBlock, mergeRows, readBlock, type BlockKey } from './blocks.ts'
import type { CacheChange, Saved } from './cache.ts'
import { finish, historyStores, putPending, stores, type Database, type WriteTransaction } from './indexed-db-layout.ts'
import { isContact, isConversation, isDevice, isPending, isPerson, isRequest } from './shapes.ts'

/** One transaction: all of the change, or nothing. */
export function writeChange(database: Database, change: CacheChange): Promise<void> {
  const transaction = database.transaction(stores, 'readwrite')
  return finish(transaction, write(transaction, change))
}

/** Everything, the pending messages too. */
export function wipe(database: Database): Promise<void> {
  const transaction = database.transaction(stores, 'readwrite')
  return finish(
    transaction,
    each(stores, (name) => transaction.objectStore(name).clear()),
  )
}

async function write(transaction: WriteTransaction, change: CacheChange): Promise<void> {
  const [device, contacts] = [transaction.objectStore('device'), transaction.objectStore('contacts')]
  const [requests, people] = [transaction.objectStore('requests'), transaction.objectStore('people')]
  const [conversations, messages] = [transaction.objectStore('conversations'), transaction.objectStore('messages')]
  const emptied = [...(change.dropped ?? []), ...(change.stale ?? [])]
  // Requests are served in the order in which they are made: what is dropped goes before anything is put.
  await Promise.all([
    each(change.reset ? historyStores : [], (name) => transaction.objectStore(name).clear()),
    each(change.dropped, (id) => conversations.delete(id)),
    each(emptied, (id) => messages.delete(IDBKeyRange.bound([id], [id, []]))),
    each(change.device && [change.device], (record) => device.put(record, 'device')),
    each(change.contacts, (row) => contacts.put(row)),
    each(change.requests, (row) => requests.put(row)),
    each(change.people, (person) => people.put(person)),
    each(change.conversations, (conversation) => conversations.put(conversation)),
    each(groupByBlock(change.messages ?? []), ({ key, rows }) => mergeBlock(transaction, key, rows)),
    writePending(transaction, change),
  ])
}

/** What an act throws at once is a rejection like any other: nobody's answer is left unheard. */
async function each<Item>(items: readonly Item[] = [], act: (item: Item) => Promise<unknown>): Promise<void> {
  await Promise.all(items.map(async (item) => act(item)))
}

async function mergeBlock(transaction: WriteTransaction, key: BlockKey, rows: readonly MessageRow[]): Promise<void> {
  const messages = transaction.objectStore('messages')
  const held = mergeRows(readBlock(await messages.get(key), key), rows)
  await messages.put([...held.values()], key)
}

async function writePending(transaction: WriteTransaction, { pending = [], settled = [] }: CacheChange): Promise<void> {
  await putPending(transaction, pending)
  const store = transaction.objectStore('pending')
  for (const id of settled) for (const place of await store.index('id').getAllKeys(id)) await store.delete(place)
}

/**
 * What is held but for the messages. Not `sound` where a record is missing or damaged without which a cursor would
 * stand for rows that are not there: then nothing but the pending messages may be used.
 */
export async function readSaved(database: Database): Promise<{ saved: Saved; sound: boolean }> {
  const transaction = database.transaction(stores)
  const read = Promise.all([
    transaction.objectStore('device').get('device'),
    transaction.objectStore('contacts').getAll(),
    transaction.objectStore('requests').getAll(),
    transaction.objectStore('people').getAll(),
    transaction.objectStore('conversations').getAll(),
    transaction.objectStore('pending').getAll(),
  ])
  const [device, contacts, requests, people, conversations, pending] = await finish(transaction, read)
  return {
    saved: {
      device: isDevice(device) ? device : null,
      contacts: contacts.filter(isContact),
      requests: requests.filter(isRequest),
      people: people.filter(isPerson),
      conversations: conversations.filter(isConversation),
      pending: pending.filter(isPending),
    },
    sound:
      isDevice(device) && contacts.every(isContact) && requests.every(isRequest) && conversations.every(isConversation),
  }
}

/** The rows right below `before`, down to the first hole. */
export function readPage(
  database: Database,
  conversation: number,
  before: number,
  limit: number,
): Promise<MessageRow[]> {
  const transaction = database.transaction('messages')
  return finish(
    transaction,
    walkDown((key) => transaction.store.get(key), conversation, before, limit),
  )
}

async function walkDown(
  get: (key: BlockKey) => Promise<unknown>,
  conversation: number,
  before: number,
  limit: number,
): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  let seq = before - 1
  while (rows.length < limit) {
    const block = blockOf(seq)
    const held = readBlock(await get([conversation, block]), [conversation, block])
    for (; rows.length < limit && blockOf(seq) === block; seq -= 1) {
      const row = held.get(seq)
      if (!row) return rows.reverse()
      rows.push(row)
    }
  }
  return rows.reverse()
}
