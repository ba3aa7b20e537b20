import { expect, test } from 'bun:test'
import { LIMITS, type ChangedConversation, type ContactRow, type MembershipRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import type { SyncAnswer, SyncRequest } from '../../core/log-ports.ts'
import type { Store } from '../../core/ports.ts'
import {
  contactChange,
  makeAccount,
  makeConversation,
  makePair,
  newMessage,
  say,
  setWritable,
  useStore,
  valueOf,
  type OpenStore,
  type Pair,
} from './people.ts'

const byRev = (a: { rev: number }, b: { rev: number }) => a.rev - b.rev

const everything = {
  rev: 0,
  after: -1,
  below: null,
  heads: new Map<number, number>(),
  rows: 1_000,
  messages: 1_000,
  changes: 1_000,
  length: 1e9,
}

const told = (conversation: number, rev: number) => new Map([[conversation, rev]])

export function describeSync(open: OpenStore): void {
  const store = useStore(open)
  const changes = (request: SyncRequest) => store().conversations.changes(request)

  const unread = async (number: number) =>
    (await changes({ ...everything, number, messages: 0 })).conversations[0]?.unread

  test('[D1] what was acknowledged is there after a restart, under the same epoch', async () => {
    const opened = await open()
    const pair = await makePair(opened.store)
    await say(opened.store, pair, 1, 3)
    const whole = { ...everything, number: pair.other, heads: told(pair.conversation, 0) }
    const before = await opened.store.conversations.changes(whole)
    const { epoch } = opened.store
    const again = await opened.reopen()
    expect(again.epoch).toBe(epoch)
    const after = await again.conversations.changes(whole)
    expect(after).toEqual({ ...before, txid: after.txid })
    expect(after.txid).toBeGreaterThanOrEqual(before.txid)
    expect(before.conversations[0]?.messages).toHaveLength(3)
    await say(again, pair, 4, 4)
    expect((await again.messages.page({ conversation: pair.conversation, limit: 1 }))[0]?.seq).toBe(4)
    await again.close()
  })

  test('[D13] two stores have two epochs', async () => {
    const { store: another } = await open()
    expect(another.epoch).not.toBe(store().epoch)
    expect(another.epoch).not.toBe('')
    await another.close()
  })

  test('[D1] a read sees every write that was acknowledged before it', async () => {
    const { one, other, conversation } = await makePair(store())
    for (let seq = 1; seq <= 100; seq += 1) {
      const sent = newMessage(conversation, one, `text ${seq}`)
      valueOf(await store().messages.append(sent))
      const [page, answer] = await Promise.all([
        store().messages.page({ conversation, limit: 1 }),
        changes({ ...everything, number: other, heads: told(conversation, seq - 1) }),
      ])
      expect(page[0]?.id).toBe(sent.id)
      expect(answer.conversations).toMatchObject([
        { conversation, last_seq: seq, rev: seq, unread: Math.min(seq, 100) },
      ])
      expect(answer.conversations[0]?.messages.map(({ id }) => id)).toEqual([sent.id])
    }
  })

  test('who has everything gets nothing', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 3)
    const first = await changes({ ...everything, number: pair.one })
    const heads = told(pair.conversation, 3)
    const noRows = { contacts: [], memberships: [], requests: [], settings: [], conversations: [] }
    const nothing = { ...noRows, moreRows: false, moreBelow: null, ahead: false }
    const { rev, txid } = first
    for (const known of [{ after: txid }, { after: txid, heads }, { after: -1, heads }])
      expect(await changes({ ...everything, number: pair.one, rev, ...known })).toEqual({
        ...nothing,
        rev,
        txid,
        total: 3,
      })
  })

  test('[D7] [Y7] after a transaction comes what later ones changed, newest first, and no message from before it', async () => {
    const owner = await makeAccount(store())
    const pairs: Pair[] = []
    for (let count = 0; count < 4; count += 1) {
      const one = await makeAccount(store())
      pairs.push({ one, other: owner, conversation: await makeConversation(store(), one, owner) })
    }
    for (const pair of pairs) await say(store(), pair, 1, 3)
    const { txid, rev, total } = await changes({ ...everything, number: owner })
    expect(total).toBe(12)
    const [first, , third] = pairs as [Pair, Pair, Pair]
    await say(store(), third, 4, 4)
    await say(store(), first, 4, 5)
    const answer = await changes({ ...everything, number: owner, rev, after: txid })
    expect(
      answer.conversations.map(({ conversation, messages }) => [conversation, messages.map(({ seq }) => seq)]),
    ).toEqual([
      [first.conversation, [4, 5]],
      [third.conversation, [4]],
    ])
    expect([answer.total, answer.ahead]).toEqual([15, false])
    expect((await changes({ ...everything, number: owner, rev, after: answer.txid })).conversations).toEqual([])
  })

  test('to a new member a conversation is news, however old it is', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 3)
    const newcomer = await makeAccount(store())
    const { txid } = await changes({ ...everything, number: newcomer })
    await setWritable(store(), newcomer, pair.conversation, true)
    const answer = await changes({ ...everything, number: newcomer, after: txid })
    expect(answer.conversations).toMatchObject([
      { conversation: pair.conversation, last_seq: 3, messages: [{ seq: 3 }] },
    ])
  })

  test('[D13] [Y19] whoever knows of changes that were never made here comes from another history', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 3)
    const { txid, rev } = await changes({ ...everything, number: pair.one })
    const isAhead = async (given: Partial<SyncRequest>) =>
      (await changes({ ...everything, number: pair.one, ...given })).ahead
    expect(await isAhead({ rev, after: txid, heads: told(pair.conversation, 3) })).toBe(false)
    expect(await isAhead({ rev: rev + 1 })).toBe(true)
    expect(await isAhead({ after: txid + 1 })).toBe(true)
    expect(await isAhead({ heads: told(pair.conversation, 4) })).toBe(true)
  })

  test('[Y11] a device that holds nothing gets the newest message of each, and its membership with it', async () => {
    const owner = await makeAccount(store())
    const conversations: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const one = await makeAccount(store())
      const conversation = await makeConversation(store(), one, owner)
      conversations.push(conversation)
      await say(store(), { one, other: owner, conversation }, 1, 3)
    }
    const answer = await changes({ ...everything, number: owner, rows: 2 })
    expect(answer.conversations.map(({ conversation }) => conversation)).toEqual(conversations.slice(-2).toReversed())
    for (const { messages } of answer.conversations) expect(messages.map(({ seq }) => seq)).toEqual([3])
    const shown = new Set(answer.memberships.map(({ conversation }) => conversation))
    for (const { conversation } of answer.conversations) expect(shown.has(conversation)).toBe(true)
  })

  test('[D8] nobody gets anything of a conversation that they are not in, whatever heads they name', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 3)
    const stranger = await makeAccount(store())
    for (const rev of [0, 99]) {
      const answer = await changes({ ...everything, number: stranger, heads: told(pair.conversation, rev) })
      expect(answer).toMatchObject({ rev: 0, contacts: [], memberships: [], conversations: [], total: 0, ahead: false })
    }
  })

  test('[Y9] of a long absence only the newest messages come, in order of seq', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 9)
    const answer = await changes({ ...everything, number: pair.other, heads: told(pair.conversation, 0), messages: 3 })
    expect(answer.conversations[0]?.messages.map(({ seq }) => seq)).toEqual([7, 8, 9])
    expect(answer.conversations[0]).toMatchObject({ last_seq: 9, rev: 9, unread: 9 })
  })

  test('an answer ends where it is long enough, and the rest comes with the next one', async () => {
    const owner = await makeAccount(store())
    for (let count = 0; count < 5; count += 1) {
      const peer = await makeAccount(store())
      const conversation = await makeConversation(store(), peer, owner)
      valueOf(await store().messages.append(newMessage(conversation, peer, 'x'.repeat(1_000))))
    }
    const answer = await changes({ ...everything, number: owner, length: 1_500 })
    expect(answer.conversations).toHaveLength(2)
    expect(answer.moreBelow).not.toBeNull()
  })

  test('[D12] unread is what others wrote past the pointer, counted to its cap', async () => {
    const { one, other, conversation } = await makePair(store())
    for (const sender of [one, other, one, one])
      valueOf(await store().messages.append(newMessage(conversation, sender, 'x')))
    expect([await unread(one), await unread(other)]).toEqual([1, 3])
    valueOf(await store().conversations.moveReadPointer({ number: other, conversation, seq: 2 }))
    expect(await unread(other)).toBe(2)
    valueOf(await store().conversations.moveReadPointer({ number: other, conversation, seq: 4 }))
    expect(await unread(other)).toBe(0)
    await Promise.all(
      Array.from({ length: LIMITS.unreadCount + 5 }, () => store().messages.append(newMessage(conversation, one, 'x'))),
    )
    expect(await unread(other)).toBe(LIMITS.unreadCount)
  })

  test('[D7] [D13] [Y10] pages of any size add up to the whole, without a gap', async () => {
    const owner = await makeAccount(store())
    const peers = await Promise.all(Array.from({ length: 9 }, () => makeAccount(store())))
    for (const [index, peer] of peers.entries()) {
      // Ids and revs in different orders: contacts and memberships interleave, and one contact changes again.
      const conversation = await makeConversation(store(), peer, owner)
      valueOf(await store().contacts.change([contactChange(owner, peer, 'friend', 0)]))
      for (let count = 0; count < index % 3; count += 1)
        valueOf(await store().messages.append(newMessage(conversation, peer, `text ${count}`)))
    }
    const first = await store().contacts.find(owner, peers[0] ?? 0)
    valueOf(await store().contacts.change([contactChange(owner, peers[0] ?? 0, 'none', first?.rev ?? 0)]))
    const whole = await changes({ ...everything, number: owner })
    expect([whole.moreRows, whole.moreBelow]).toEqual([false, null])
    expect(whole.contacts).toHaveLength(9)
    expect(whole.memberships).toHaveLength(9)
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: whole.rev }),
    )
    await fc.assert(
      fc.asyncProperty(sizes, async ([rows, length, rev]) => {
        const { pages, ...collected } = await collectPages(store(), { ...everything, number: owner, rows, length, rev })
        for (const page of pages) {
          expect(page.contacts.length).toBeLessThanOrEqual(rows)
          expect(page.conversations.length).toBeLessThanOrEqual(rows)
        }
        expect(collected).toEqual({
          rev: whole.rev,
          contacts: whole.contacts.filter((row) => row.rev > rev),
          memberships: whole.memberships.filter((row) => row.rev > rev),
          conversations: whole.conversations,
        })
      }),
      { numRuns: 40 },
    )
  })
}

/** All pages until the last, and what they hold together. */
async function collectPages(from: Store, request: SyncRequest) {
  const pages: SyncAnswer[] = []
  const contacts: ContactRow[] = []
  const memberships = new Map<number, MembershipRow>()
  const conversations: ChangedConversation[] = []
  let { rev, after, below } = request
  for (;;) {
    const page = await from.conversations.changes({ ...request, rev, after, below })
    pages.push(page)
    contacts.push(...page.contacts)
    for (const row of page.memberships) if (row.rev > request.rev) memberships.set(row.rev, row)
    conversations.push(...page.conversations)
    // What a page leaves out must come later: nothing at or below its rev is still missing.
    for (const row of page.contacts) expect(row.rev).toBeLessThanOrEqual(page.rev)
    expect(page.rev).toBeGreaterThanOrEqual(rev)
    rev = page.rev
    below = page.moreBelow
    // As a device does: once through, it asks on from where the first page saw the end.
    if (!below) after = pages[0]?.txid ?? 0
    if (!below && !page.moreRows) break
    if (pages.length > 100) throw new Error('Pages without end.')
  }
  return {
    pages,
    rev,
    contacts: contacts.toSorted(byRev),
    memberships: [...memberships.values()].toSorted(byRev),
    conversations,
  }
}
