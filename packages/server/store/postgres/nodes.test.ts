/** Several nodes on one database, and transactions that overlap. */
import { expect, test } from 'bun:test'
import { useCluster } from '../../../../test/postgres.ts'
import { until } from '../../../../test/harness.ts'
import type { Store } from '../../core/ports.ts'
import {
  makeAccount,
  makeConversation,
  makePair,
  makeSession,
  newMessage,
  rightChange,
  say,
  valueOf,
} from '../contract/people.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()

async function withNodes(work: (nodes: { one: Store; other: Store; url: string }) => Promise<void>): Promise<void> {
  const url = await cluster().createDatabase()
  // At once: the schema is made by one of them.
  const [one, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)])
  await work({ one, other, url })
  await Promise.all([one.close(), other.close()])
}

const whole = {
  rev: 0,
  below: null,
  heads: new Map<number, number>(),
  rows: 1_000,
  messages: 1_000,
  changes: 100,
  length: 1e9,
}

test('[D13] nodes that start at once agree on the history’s name', () =>
  withNodes(async ({ one, other }) => expect(other.epoch).toBe(one.epoch)))

test('[D2] [D5] two nodes write in the same conversations at once: dense, once each, and in each node’s order', () =>
  withNodes(async ({ one, other }) => {
    const pairs = [await makePair(one), await makePair(one), await makePair(one)]
    const sent = [one, other].map((store, node) =>
      Array.from({ length: 600 }, (_, index) => {
        const pair = pairs[index % 3] ?? pairs[0]
        if (!pair) throw new Error('There is no pair.')
        const message = newMessage(pair.conversation, node === 0 ? pair.one : pair.other, `${node} ${index}`)
        return { message, appended: store.messages.append(message) }
      }),
    )
    const acknowledged = new Map<string, number>()
    for (const { message, appended } of sent.flat()) acknowledged.set(message.id, valueOf(await appended).seq)
    for (const { conversation } of pairs) {
      const log = await other.messages.page({ conversation, limit: 1_000 })
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1))
      for (const { id, seq } of log) expect(acknowledged.get(id)).toBe(seq)
      for (const messages of sent) {
        const own = messages.filter(({ message }) => message.conversation === conversation)
        const seqs = own.map(({ message }) => acknowledged.get(message.id) ?? 0)
        expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
      }
    }
  }))

test('[D3] one id in two conversations, by two nodes at once: one is written, and nobody beside it suffers', () =>
  withNodes(async ({ one, other }) => {
    const sender = await makeAccount(one)
    const [here, there] = [await makeAccount(one), await makeAccount(one)]
    const conversations = [await makeConversation(one, sender, here), await makeConversation(one, sender, there)]
    for (let round = 0; round < 30; round += 1) {
      const ids = Array.from({ length: 5 }, () => crypto.randomUUID())
      const answers = await Promise.all(
        [one, other].flatMap((store, node) =>
          [...(node === 0 ? ids : ids.toReversed()), crypto.randomUUID()].map((id) =>
            store.messages.append(newMessage(conversations[node] ?? 0, sender, 'x', id)),
          ),
        ),
      )
      expect(answers.filter(({ ok }) => ok)).toHaveLength(7)
      expect(answers.filter((answer) => !answer.ok && answer.code === 'message_id_conflict')).toHaveLength(5)
    }
    const logs = await Promise.all(
      conversations.map((conversation) => one.messages.page({ conversation, limit: 1_000 })),
    )
    for (const log of logs) expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    expect(logs.flat()).toHaveLength(30 * 7)
  }))

test('[D10] nothing is written on one node after the other acknowledged that somebody may not write', () =>
  withNodes(async ({ one, other }) => {
    const pair = await makePair(one)
    const { conversation } = pair
    for (let round = 0; round < 40; round += 1) {
      const right = await other.conversations.membership(pair.one, conversation)
      const writable = round % 2 === 1
      const begun = Array.from({ length: 200 }, () => one.messages.append(newMessage(conversation, pair.one, 'x')))
      const changed = await other.contacts.change([rightChange(pair.one, conversation, writable, right?.rev ?? 0)])
      expect(valueOf(changed)).not.toBe('stale')
      if (writable) continue
      const [newest] = await one.messages.page({ conversation, limit: 1 })
      await Promise.all(begun)
      expect(await one.messages.append(newMessage(conversation, pair.one, 'after'))).toEqual({
        ok: false,
        code: 'not_writable',
      })
      expect((await one.messages.page({ conversation, limit: 1 }))[0]?.seq).toBe(newest?.seq ?? 0)
    }
  }))

test('[D10] a password changed on one node ends or refuses every session that the other makes with the old one', () =>
  withNodes(async ({ one, other }) => {
    for (let round = 0; round < 30; round += 1) {
      const number = await makeAccount(one)
      const [changed, made] = await Promise.all([
        one.accounts.setPassword({ number, before: 'hash', password_hash: 'new', keep: null }),
        makeSession(other, number).catch(() => null),
      ])
      if (made !== null) expect(valueOf(changed).ended).toEqual([made])
      expect(await one.sessions.list(number)).toEqual([])
    }
  }))

test('two nodes never give one number, and count on together', () =>
  withNodes(async ({ one, other }) => {
    const numbers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => makeAccount(index % 2 === 0 ? one : other)),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => 10_001 + index))
  }))

test('[D11] changes of own rows and read pointers by two nodes at once: revs are dense, and nobody waits for ever', () =>
  withNodes(async ({ one, other }) => {
    const owner = await makeAccount(one)
    const pairs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const peer = await makeAccount(one)
        return { one: peer, other: owner, conversation: await makeConversation(one, peer, owner) }
      }),
    )
    for (const pair of pairs) await say(one, pair, 1, 8)
    const before = await one.conversations.changes({ ...whole, number: owner, after: -1 })
    const moves = [one, other].flatMap((store, node) =>
      (node === 0 ? pairs : pairs.toReversed()).flatMap(({ conversation }) =>
        [1, 3, 5, 8].map((seq) =>
          store.conversations.moveReadPointer({ number: owner, conversation, seq: seq - node }),
        ),
      ),
    )
    const rights = pairs.map(async ({ one: peer, conversation }, index) => {
      const store = index % 2 === 0 ? one : other
      const row = await store.conversations.membership(peer, conversation)
      return valueOf(await store.contacts.change([rightChange(peer, conversation, false, row?.rev ?? 0)]))
    })
    const moved = (await Promise.all(moves)).flatMap((answer) => valueOf(answer).moved ?? [])
    for (const changed of await Promise.all(rights)) expect(changed).not.toBe('stale')
    const after = await other.conversations.changes({ ...whole, number: owner, after: -1 })
    expect(after.memberships.map(({ read_seq }) => read_seq)).toEqual(pairs.map(() => 8))
    const revs = moved.map(({ rev }) => rev).toSorted((a, b) => a - b)
    expect(revs).toEqual(Array.from({ length: after.rev - before.rev }, (_, index) => before.rev + 1 + index))
  }))

test('[D7] [Y7] a transaction that began first and ends last is in nobody’s past: no cursor passes it', () =>
  withNodes(async ({ one, other, url }) => {
    const owner = await makeAccount(one)
    const [slow, quick] = [await makeAccount(one), await makeAccount(one)]
    const [long, short] = [await makeConversation(one, slow, owner), await makeConversation(one, quick, owner)]
    const start = (await one.conversations.changes({ ...whole, number: owner, after: -1 })).txid
    // The first node's message is written, and its commit waits for a row that somebody else holds.
    const holder = Bun.spawn(['psql', '-qAtX', url], { stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' })
    void holder.stdin.write(`BEGIN; SELECT lane FROM lanes FOR UPDATE; \\echo held\n`)
    void holder.stdin.flush()
    let printed = ''
    const reading = (async () => {
      for await (const chunk of holder.stdout) printed += Buffer.from(chunk).toString()
    })()
    await until(() => printed.includes('held'))
    const waiting = one.messages.append(newMessage(long, slow, 'began first'))
    const isOpen = async () =>
      (await cluster().query(url, `SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).trim() ===
      '1'
    await until(isOpen)
    // What another node commits meanwhile has a later number. (Written by hand: its lane is held as well.)
    await cluster().query(
      url,
      `BEGIN;
       INSERT INTO messages SELECT ${short}, 1, 1, gen_random_uuid(), ${quick}, 0, '{"kind":"text","text":"second"}', ${current};
       UPDATE conversations SET last_seq = 1, rev = 1, txid = ${current} WHERE conversation = ${short};
       COMMIT`,
    )
    const meanwhile = await other.conversations.changes({ ...whole, number: owner, after: start })
    expect(meanwhile.conversations.map(({ conversation }) => conversation)).toEqual([short])
    void holder.stdin.write('COMMIT;\n')
    await holder.stdin.end()
    await reading
    expect(valueOf(await waiting).seq).toBe(1)
    const later = await other.conversations.changes({ ...whole, number: owner, after: meanwhile.txid })
    expect(later.conversations.map(({ conversation }) => conversation)).toContain(long)
    const last = await other.conversations.changes({ ...whole, number: owner, after: later.txid })
    expect(last.conversations).toEqual([])
  }))

const current = `(pg_current_xact_id()::text::bigint + (SELECT value::bigint FROM meta WHERE key = 'txid_offset'))`
