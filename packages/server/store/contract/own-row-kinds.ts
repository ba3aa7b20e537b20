import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { RowChange } from '../../core/own-row-ports.ts'
import {
  changeMessage,
  comeIn,
  goOut,
  makeGroup,
  membershipChange,
  membershipOf,
  sayTo,
  setSettings,
} from './actions.ts'
import {
  at,
  contactChange,
  makeAccount,
  makeConversation,
  makePair,
  useStore,
  valueOf,
  type OpenStore,
} from './people.ts'

const most = { messages: 0, changes: 0, length: 1e9 }

const requestChange = (
  owner: number,
  conversation: number,
  number: number,
  state: 'waiting' | 'accepted' | 'closed',
  expected = 0,
): RowChange => ({
  row: 'request',
  owner,
  conversation,
  number,
  set: { state, greeting: 'let me in', at },
  expect: expected,
})

export function describeOwnRowKinds(open: OpenStore): void {
  const store = useStore(open)

  const rowsOf = (number: number, rev = 0, rows = 1_000) =>
    store().conversations.changes({ number, rev, after: -1, below: null, heads: new Map(), rows, ...most })

  async function change(...changes: RowChange[]) {
    const changed = valueOf(await store().contacts.change(changes))
    if (changed === 'stale') throw new Error('A row moved meanwhile.')
    return changed
  }

  test('what is set up about a contact stays when something else of it changes', async () => {
    const [owner, peer] = [await makeAccount(store()), await makeAccount(store(), { name: '甲' })]
    await change(contactChange(owner, peer, 'friend', 0))
    const set = { remark: '阿甲', group: 'work', blocked: true, hidden: true }
    await change({ row: 'contact', owner, peer, set, expect: 1 })
    await change(contactChange(owner, peer, 'none', 2))
    const row = { peer, name: '甲', state: 'none', at, greeting: '', ...set, rev: 3 }
    expect(await store().contacts.find(owner, peer)).toMatchObject(row)
    expect(await store().contacts.all(owner)).toMatchObject([row])
    expect((await rowsOf(owner)).contacts).toMatchObject([row])
    await change({ row: 'contact', owner, peer, set: { blocked: false }, expect: 3 })
    expect(await store().contacts.find(owner, peer)).toMatchObject({ ...row, blocked: false, rev: 4 })
  })

  test('somebody can be blocked who was never a contact', async () => {
    const [owner, peer] = [await makeAccount(store()), await makeAccount(store())]
    await change({ row: 'contact', owner, peer, set: { blocked: true }, expect: 0 })
    const row = { state: 'none', at: 0, greeting: '', remark: '', group: '', blocked: true, hidden: false, rev: 1 }
    expect(await store().contacts.find(owner, peer)).toMatchObject(row)
    expect(await store().contacts.find(peer, owner)).toBeNull()
    expect([await store().contacts.friends(owner), await store().contacts.count(owner)]).toEqual([[], 0])
  })

  test('pins, mutes, marks and drafts are the owner’s own, and moving the pointer leaves them', async () => {
    const { one, other, conversation } = await makePair(store())
    await sayTo(store(), conversation, other, 'hello')
    const set = { pinned_at: at, muted: true, marked: true, draft: 'half a\nthought 🎉' }
    await change(await membershipChange(store(), one, conversation, set))
    expect(await membershipOf(store(), one, conversation)).toMatchObject({
      ...set,
      read_seq: 0,
      writable: true,
      rev: 2,
    })
    const untouched = { pinned_at: 0, muted: false, marked: false, draft: '', rev: 1 }
    expect(await membershipOf(store(), other, conversation)).toMatchObject(untouched)
    const moved = await store().conversations.moveReadPointer({ number: one, conversation, seq: 1 })
    expect(valueOf(moved).moved).toMatchObject({ ...set, read_seq: 1, rev: 3 })
    await change(await membershipChange(store(), one, conversation, { draft: '' }))
    expect(await membershipOf(store(), one, conversation)).toMatchObject({ ...set, draft: '', read_seq: 1, rev: 4 })
  })

  test('[D12] setting something up is no change of the conversation', async () => {
    const { one, other, conversation } = await makePair(store())
    await sayTo(store(), conversation, other, 'hello')
    const { txid, rev } = await rowsOf(one)
    await change(await membershipChange(store(), one, conversation, { draft: 'x' }))
    const after = await store().conversations.changes({
      number: one,
      rev,
      after: txid,
      below: null,
      heads: new Map(),
      rows: 10,
      ...most,
    })
    expect(after).toMatchObject({ conversations: [], memberships: [{ conversation, draft: 'x' }] })
  })

  test('a membership of a group says the role and what goes with it, and what is left of one who left', async () => {
    const { conversation, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    const set = { role: 'admin', nickname: '小乙', folded_nickname: '小乙', silenced_until: at } as const
    await change(await membershipChange(store(), member, conversation, set))
    const { folded_nickname: _, ...seen } = set
    const row = { kind: 'group', ...seen, left: false, writable: true }
    expect(await membershipOf(store(), member, conversation)).toMatchObject(row)
    await goOut(store(), conversation, member)
    const gone = { ...row, role: 'member', left: true, writable: false }
    expect(await membershipOf(store(), member, conversation)).toMatchObject(gone)
    await comeIn(store(), conversation, [member], { role: 'member' })
    expect(await membershipOf(store(), member, conversation)).toMatchObject({ silenced_until: at, left: false })
  })

  test('settings are one row, there from the beginning, and new only when they change', async () => {
    const owner = await makeAccount(store(), { name: '丙' })
    const first = { name: '丙', signature: '', avatar: '', status: 'online', contact_groups: [], rev: 0 } as const
    expect(await store().contacts.settings(owner)).toEqual({ ...first, contact_groups: [] })
    expect((await rowsOf(owner)).settings).toEqual([])
    const set = { status: 'busy', contact_groups: ['同学', '家人 🎉', `'; --`] } as const
    const [changed] = await change({
      row: 'settings',
      owner,
      set: { status: set.status, contact_groups: [...set.contact_groups] },
      expect: 0,
    })
    const row = { ...first, status: set.status, contact_groups: [...set.contact_groups], rev: 1 }
    expect(changed).toEqual({ owner, contacts: [], memberships: [], requests: [], settings: [row] })
    expect((await rowsOf(owner)).settings).toEqual([row])
    expect((await rowsOf(owner, 1)).settings).toEqual([])
    expect(await setSettings(store(), owner, { status: 'away' })).toEqual({ ...row, status: 'away', rev: 2 })
  })

  test('a request is a row of each who sees it, with the group’s name and the applicant’s', async () => {
    const { conversation, owner } = await makeGroup(store(), 0, '书友会')
    const applicant = await makeAccount(store(), { name: '丁' })
    const changed = await change(
      requestChange(applicant, conversation, applicant, 'waiting'),
      requestChange(owner, conversation, applicant, 'waiting'),
    )
    const row = { conversation, group: '书友会', number: applicant, name: '丁', greeting: 'let me in', at }
    expect(changed.map(({ requests }) => requests)).toEqual([
      [{ ...row, state: 'waiting', rev: 1 }],
      [{ ...row, state: 'waiting', rev: 2 }],
    ])
    expect(await store().groups.request(owner, conversation, applicant)).toEqual({ ...row, state: 'waiting', rev: 2 })
    expect(await store().groups.request(applicant, conversation, owner)).toBeNull()
    await change(requestChange(owner, conversation, applicant, 'closed', 2))
    expect((await rowsOf(owner, 2)).requests).toEqual([{ ...row, state: 'closed', rev: 3 }])
    expect((await rowsOf(applicant)).requests).toMatchObject([{ state: 'waiting' }])
  })

  test('[D11] a change of rows of all kinds is made whole, or not at all where one of them has moved', async () => {
    const { conversation, owner } = await makeGroup(store(), 0)
    const peer = await makeAccount(store())
    const fresh = async (): Promise<RowChange[]> => [
      { row: 'contact', owner, peer, set: { remark: 'x' }, expect: 0 },
      await membershipChange(store(), owner, conversation, { draft: 'x' }),
      requestChange(owner, conversation, peer, 'waiting'),
      { row: 'settings', owner, set: { status: 'busy' }, expect: 0 },
    ]
    const before = await rowsOf(owner)
    for (let moved = 0; moved < 4; moved += 1) {
      const changes = (await fresh()).map((row, index) => (index === moved ? { ...row, expect: row.expect + 1 } : row))
      expect(await store().contacts.change(changes)).toEqual({ ok: true, value: 'stale' })
    }
    expect({ ...(await rowsOf(owner)), txid: before.txid }).toEqual(before)
    const [changed] = await change(...(await fresh()))
    const after = await rowsOf(owner, before.rev)
    expect(after.rev).toBe(before.rev + 4)
    const { contacts, memberships, requests, settings } = after
    expect(changed).toEqual({ owner, contacts, memberships, requests, settings })
    expect([contacts.length, memberships.length, requests.length, settings.length]).toEqual([1, 1, 1, 1])
  })

  test('[D7] [Y10] rows of all kinds come in pages of any size, none left out, none before its turn', async () => {
    const owner = await makeAccount(store())
    for (let count = 0; count < 5; count += 1) {
      const peer = await makeAccount(store())
      await change(contactChange(owner, peer, 'friend', 0))
      const conversation = await makeConversation(store(), owner, peer)
      await sayTo(store(), conversation, peer, 'hello')
      await changeMessage(store(), conversation, 1, { reactions: [{ emoji: '👍', numbers: [owner] }] })
      const { conversation: group } = await makeGroup(store(), 0)
      await change(requestChange(owner, group, owner, 'waiting'))
      if (count === 2) await setSettings(store(), owner, { status: 'away' })
    }
    const whole = await rowsOf(owner)
    const wholeRevs = [...whole.contacts, ...whole.memberships, ...whole.requests, ...whole.settings].map(
      ({ rev }) => rev,
    )
    expect(wholeRevs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 16 }), async (size, from) => {
        const revs: number[] = []
        for (let rev = from, more = true; more;) {
          const page = await rowsOf(owner, rev, size)
          const rows = [...page.contacts, ...page.requests, ...page.settings].map((row) => row.rev)
          // Memberships of conversations in the answer may come early.
          rows.push(...page.memberships.map((row) => row.rev).filter((own) => own <= page.rev))
          revs.push(...rows)
          for (const own of rows) expect(own > rev && own <= page.rev).toBe(true)
          more = page.moreRows
          rev = page.rev
        }
        expect(revs.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: 16 - from }, (_, index) => from + index + 1),
        )
      }),
      { numRuns: 30 },
    )
  })
}
