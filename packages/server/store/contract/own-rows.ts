import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { RowChange } from '../../core/own-row-ports.ts'
import type { Store } from '../../core/ports.ts'
import { at, contactChange, makeAccount, makePair, rightChange, useStore, valueOf, type OpenStore } from './people.ts'

/** Everything that is this person's own, as a new device would get it. */
async function ownRows(store: Store, number: number) {
  const limits = { rows: 1_000, messages: 0, changes: 0, length: 0 }
  const whole = { number, rev: 0, after: -1, below: null, heads: new Map(), ...limits }
  const { txid: _, ...rows } = await store.conversations.changes(whole)
  return rows
}

export function describeOwnRows(open: OpenStore): void {
  const store = useStore(open)

  test('a contact is seen with its name, from its owner’s side only', async () => {
    const [owner, peer] = [await makeAccount(store()), await makeAccount(store(), { name: '甲' })]
    const greeting = 'hello 🎉'
    const change = { row: 'contact', owner, peer, set: { state: 'outgoing', greeting, at }, expect: 0 } as const
    const unset = { signature: '', avatar: '', remark: '', group: '', blocked: false, hidden: false } as const
    const row = { peer, name: '甲', state: 'outgoing', greeting, at, ...unset, rev: 1 } as const
    const rest = { memberships: [], requests: [], settings: [] }
    expect(valueOf(await store().contacts.change([change]))).toEqual([{ owner, contacts: [row], ...rest }])
    expect(await store().contacts.find(owner, peer)).toEqual(row)
    expect(await store().contacts.find(peer, owner)).toBeNull()
  })

  test('a change writes both sides and says what each one’s devices have to learn', async () => {
    const { one, other, conversation } = await makePair(store())
    const [mine, theirs] = [await ownRows(store(), one), await ownRows(store(), other)]
    const changed = valueOf(
      await store().contacts.change([
        contactChange(one, other, 'none', 0),
        contactChange(other, one, 'none', 0),
        rightChange(one, conversation, false, mine.rev),
        rightChange(other, conversation, false, theirs.rev),
      ]),
    )
    if (changed === 'stale') throw new Error('Nothing had moved.')
    expect(changed).toHaveLength(2)
    expect(new Set(changed.map(({ owner }) => owner))).toEqual(new Set([one, other]))
    for (const { owner, contacts, memberships } of changed) {
      const revs = [...contacts, ...memberships].map(({ rev }) => rev)
      expect(revs).toEqual([mine.rev + 1, mine.rev + 2])
      expect(contacts).toEqual(
        [await store().contacts.find(owner, owner === one ? other : one)].filter((row) => row !== null),
      )
      const peer = owner === one ? other : one
      expect(memberships[0]).toMatchObject({ conversation, kind: 'direct', writable: false, read_seq: 0, peer })
    }
  })

  test('[D11] all rows of a change are written, or none where one has moved', async () => {
    const { one, other, conversation } = await makePair(store())
    valueOf(await store().contacts.change([contactChange(one, other, 'friend', 0)]))
    const before = [await ownRows(store(), one), await ownRows(store(), other)]
    const stale: RowChange[][] = [
      [contactChange(other, one, 'friend', 0), contactChange(one, other, 'none', 0)],
      [contactChange(one, other, 'none', 99), contactChange(other, one, 'friend', 0)],
      [contactChange(other, one, 'friend', 0), rightChange(one, conversation, false, 0)],
      [contactChange(other, one, 'friend', 7)],
    ]
    for (const changes of stale) expect(await store().contacts.change(changes)).toEqual({ ok: true, value: 'stale' })
    expect([await ownRows(store(), one), await ownRows(store(), other)]).toEqual(before)
  })

  test('of many changes that expect the same, one wins', async () => {
    const [owner, peer] = [await makeAccount(store()), await makeAccount(store())]
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => store().contacts.change([contactChange(owner, peer, 'friend', 0)])),
    )
    expect(answers.filter((answer) => valueOf(answer) !== 'stale')).toHaveLength(1)
    expect((await ownRows(store(), owner)).rev).toBe(1)
  })

  test('[D11] an owner’s revs are dense and rise, whatever changes: contacts, rights, read pointers', async () => {
    const act = fc.record({
      kind: fc.constantFrom('contact', 'right', 'read', 'stale'),
      peer: fc.nat(2),
      on: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 30 }), async (acts) => {
        const owner = await makeAccount(store())
        const peers = await Promise.all([0, 1, 2].map(() => makeAccount(store())))
        let rev = 0
        for (const { kind, peer: index, on } of acts) {
          const peer = peers[index] ?? 0
          const { conversation } = valueOf(await store().conversations.openDirect({ one: owner, other: peer }))
          const contact = await store().contacts.find(owner, peer)
          const membership = await store().conversations.membership(owner, conversation)
          if (kind === 'contact' || kind === 'stale') {
            const expected = (contact?.rev ?? 0) + (kind === 'stale' ? 1 : 0)
            const changed = await store().contacts.change([
              contactChange(owner, peer, on ? 'friend' : 'none', expected),
            ])
            if (valueOf(changed) !== 'stale') rev += 1
          } else if (kind === 'right') {
            valueOf(await store().contacts.change([rightChange(owner, conversation, on, membership?.rev ?? 0)]))
            rev += 1
          } else if (membership) {
            // An empty conversation: the pointer has nowhere to go, and a rev that changed nothing would be a gap.
            const moved = await store().conversations.moveReadPointer({ number: owner, conversation, seq: 5 })
            expect(valueOf(moved).moved).toBeNull()
          }
          const held = await ownRows(store(), owner)
          expect(held.rev).toBe(rev)
          const revs = [...held.contacts, ...held.memberships].map((row) => row.rev)
          expect(new Set(revs).size).toBe(revs.length)
          expect(Math.max(0, ...revs)).toBe(rev)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('friends are friends; those asked to be count too, those who ask and those deleted do not', async () => {
    const owner = await makeAccount(store())
    const states = ['friend', 'outgoing', 'incoming', 'none', 'friend'] as const
    const peers = await Promise.all(states.map(() => makeAccount(store())))
    valueOf(
      await store().contacts.change(states.map((state, index) => contactChange(owner, peers[index] ?? 0, state, 0))),
    )
    const friends = [peers[0], peers[4]].filter((peer) => peer !== undefined)
    expect((await store().contacts.friends(owner)).toSorted((a, b) => a - b)).toEqual(friends)
    expect(await store().contacts.count(owner)).toBe(3)
    expect(await store().contacts.count(friends[0] ?? 0)).toBe(0)
  })

  test('two people have one conversation, whoever opens it, even at once', async () => {
    const [one, other] = [await makeAccount(store()), await makeAccount(store())]
    const opened = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        store().conversations.openDirect(index % 2 === 0 ? { one, other } : { one: other, other: one }),
      ),
    )
    const [conversation, ...others] = new Set(opened.map((answer) => valueOf(answer).conversation))
    expect(others).toEqual([])
    expect(await store().conversations.membership(one, conversation ?? 0)).toBeNull()
    expect(await store().conversations.readers(conversation ?? 0, 10)).toEqual([])
  })
}
