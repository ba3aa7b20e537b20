/** Two nodes that change the same message, group or person at once. */
import { expect, test } from 'bun:test'
import { useCluster } from '../../../../test/postgres.ts'
import { contentOf } from '../../core/content.ts'
import type { Store } from '../../core/ports.ts'
import {
  changeGroup,
  makeGroup,
  membershipChange,
  membershipOf,
  newEvent,
  readOne,
  standingOf,
} from '../contract/actions.ts'
import { contactChange, makeAccount, makePair, newMessage, say, textOf, valueOf } from '../contract/people.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()

async function withNodes(work: (one: Store, other: Store) => Promise<void>): Promise<void> {
  const url = await cluster().createDatabase()
  const [one, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)])
  await work(one, other)
  await Promise.all([one.close(), other.close()])
}

test('[D11] of edits and recalls of one message by two nodes one is made each time, and a recall stays', () =>
  withNodes(async (one, other) => {
    const pair = await makePair(one)
    const { conversation, one: sender } = pair
    await say(one, pair, 1, 1)
    const member = await standingOf(one, conversation, sender)
    /** As core does it: reads, decides, writes, and begins again where something has moved. */
    async function change(store: Store, text: string | null): Promise<number> {
      for (;;) {
        const row = await readOne(store, conversation, 1)
        if (row.body.kind === 'recalled') return row.rev
        const content = contentOf(text === null ? { kind: 'recalled', by: sender } : { kind: 'text', text })
        const changed = valueOf(await store.messages.change({ conversation, seq: 1, expect: row.rev, member, content }))
        if (changed !== 'stale') return changed.row.rev
      }
    }
    const edits = Array.from({ length: 60 }, (_, index) => change(index % 2 === 0 ? one : other, `edit ${index}`))
    const revs = await Promise.all(edits)
    expect(revs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => 2 + index))
    const last = await readOne(one, conversation, 1)
    expect(textOf(last)).toBe(`edit ${revs.indexOf(61)}`)
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => change(index % 2 === 0 ? one : other, `late ${index}`)),
      change(one, null),
      change(other, null),
    ])
    for (const store of [one, other]) {
      expect((await readOne(store, conversation, 1)).body).toEqual({ kind: 'recalled', by: sender })
      const phrases = [{ tokens: ['late'], isPrefix: true }]
      const nothing = { sender: null, kind: null, from: null, until: null, after: null }
      const found = await store.search.find({ number: sender, conversation, phrases, limit: 5, ...nothing })
      expect(found).toEqual({ messages: [], next: null })
    }
  }))

test('[D11] two nodes change one group at once: every version is made once, and every message of it has a place', () =>
  withNodes(async (one, other) => {
    const { conversation, owner, members } = await makeGroup(one, 2)
    const first = (await one.groups.find(conversation))?.version ?? 0
    async function rename(store: Store, name: string): Promise<number> {
      for (;;) {
        const expected = (await store.groups.find(conversation))?.version ?? 0
        const event = newEvent(owner, { kind: 'event', event: 'renamed', text: name })
        const set = { name, folded_name: name }
        const changed = valueOf(await store.groups.change({ conversation, expect: expected, set, rows: [], event }))
        if (changed !== 'stale') return changed.group.version
      }
    }
    const said = members.map((member, index) =>
      (index === 0 ? one : other).messages.append(newMessage(conversation, member, 'meanwhile')),
    )
    const renamed = Array.from({ length: 30 }, (_, index) => rename(index % 2 === 0 ? one : other, `name ${index}`))
    const versions = await Promise.all(renamed)
    for (const answer of await Promise.all(said)) valueOf(answer)
    expect(versions.toSorted((a, b) => a - b)).toEqual(versions.map((_, index) => first + 1 + index))
    const log = await other.messages.page({ conversation, limit: 100 })
    expect(log.map(({ seq, rev }) => [seq, rev])).toEqual(
      Array.from({ length: 32 }, (_, index) => [index + 1, index + 1]),
    )
    const texts = log.flatMap(({ body }) => (body.kind === 'event' ? [body.text] : []))
    expect((await other.groups.find(conversation))?.name).toBe(texts.at(-1) ?? '')
  }))

test('[D10] promoted on one node while leaving on the other: one comes first, and nobody who left runs the group', () =>
  withNodes(async (one, other) => {
    const { conversation, members } = await makeGroup(one, 12)
    for (const member of members) {
      const version = (await one.groups.find(conversation))?.version ?? 0
      const base = { conversation, expect: version, set: {} }
      const [promotion, leaving] = [
        await membershipChange(one, member, conversation, { role: 'admin' }),
        await membershipChange(one, member, conversation, { left: true, writable: false, role: 'member' }),
      ]
      const answers = await Promise.all([
        one.groups.change({
          ...base,
          rows: [promotion],
          event: newEvent(member, { kind: 'event', event: 'promoted' }),
        }),
        other.groups.change({ ...base, rows: [leaving], event: newEvent(member, { kind: 'event', event: 'left' }) }),
      ])
      expect(answers.filter((answer) => valueOf(answer) === 'stale')).toHaveLength(1)
      const row = await membershipOf(other, member, conversation)
      const wasPromoted = valueOf(answers[0]) !== 'stale'
      expect(row).toMatchObject(wasPromoted ? { role: 'admin', left: false } : { role: 'member', left: true })
      if (!wasPromoted) continue
      await changeGroup(other, conversation, {
        rows: [await membershipChange(other, member, conversation, { left: true, writable: false, role: 'member' })],
      })
    }
    const group = await one.groups.find(conversation)
    expect(group?.members).toBe(1)
    expect(await one.groups.admins(conversation)).toEqual([group?.owner ?? 0])
  }))

test('[D7] a name changed on one node while somebody takes its bearer into a row on the other: the last rev shows it', () =>
  withNodes(async (one, other) => {
    const number = await makeAccount(one)
    for (let round = 0; round < 30; round += 1) {
      const [owner, partner] = [await makeAccount(one), await makeAccount(other)]
      const { conversation } = valueOf(await other.conversations.openDirect({ one: number, other: partner }))
      const name = `name ${round}`
      const answers = await Promise.all([
        one.contacts.changeProfile({ number, name, folded_name: name }),
        other.contacts.change([contactChange(owner, number, 'friend', 0)]),
        other.contacts.change([
          { row: 'membership', owner: partner, conversation, set: { writable: true }, expect: 0 },
        ]),
      ])
      const told = answers.flatMap((answer) => {
        const rows = valueOf(answer)
        return rows === 'stale' ? [] : rows
      })
      const contact = newest(told.filter((rows) => rows.owner === owner).flatMap(({ contacts }) => contacts))
      const chat = newest(told.filter((rows) => rows.owner === partner).flatMap(({ memberships }) => memberships))
      expect(contact).toEqual((await one.contacts.find(owner, number)) ?? undefined)
      expect(contact).toMatchObject({ name })
      expect(chat).toEqual(await membershipOf(one, partner, conversation))
      expect(chat).toMatchObject({ name })
    }
  }))

function newest<Row extends { readonly rev: number }>(rows: readonly Row[]): Row | undefined {
  return rows.toSorted((a, b) => b.rev - a.rev)[0]
}
