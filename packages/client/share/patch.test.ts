import { describe, expect, test } from 'bun:test'
import type { MessageRow, SettingsRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { makeContact, makeGroup } from '../sample.ts'
import { initialState, type ClientState, type Conversation, type GroupPeople } from '../state.ts'
import { applyRun, diffRuns } from './message-run.ts'
import { applyPatch, diffStates } from './patch.ts'
import { makeConversation, makeRow, me } from './simulated-client.ts'

const key = fc.integer({ min: 1, max: 6 })

/** Rows that are the same objects wherever seq and rev are the same, as a client keeps them. */
const rows = new Map<string, MessageRow>()
function row(seq: number, rev: number): MessageRow {
  const name = `${seq} ${rev}`
  const held = rows.get(name) ?? { ...makeRow(seq), rev }
  rows.set(name, held)
  return held
}

const run = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 12 }))
  .map(([first, revs]) => revs.map((rev, index) => row(first + index, rev)))

const conversation: fc.Arbitrary<Conversation> = fc
  .record({
    id: key,
    unread: fc.nat(2),
    messages: run,
    typing: fc.array(key, { maxLength: 2 }),
    read_seq: fc.nat(3),
    name: fc.constantFrom('a', 'b'),
  })
  .map((given) => makeConversation(given))

const contact = fc.record({ peer: key, rev: fc.nat(2) }).map(({ rev, peer }) => makeContact(rev, { peer }))

const group = conversation.map((direct): Conversation => ({
  ...direct,
  kind: 'group',
  peer: 0,
  group: makeGroup(direct.unread),
  role: 'member',
  nickname: direct.name,
  silenced_until: 0,
  readers: new Map([[10_002, direct.read_seq]]),
  around: direct.messages.length > 0 ? { messages: direct.messages, hasOlder: true, hasNewer: true } : null,
}))

/** Some entries by their keys; the values are the same objects wherever they are the same. */
const entriesOf = <Key extends number | string, Value>(keys: fc.Arbitrary<Key>, values: readonly Value[]) =>
  fc.array(fc.tuple(keys, fc.constantFrom(...values)))

const settings: SettingsRow = { name: 'one', signature: '', avatar: '', status: 'online', contact_groups: [], rev: 1 }
const request = { conversation: 5, group: 'g', number: 1, name: 'x', greeting: '', at: 0, rev: 1 } as const
const requests = [
  { ...request, state: 'waiting' },
  { ...request, state: 'refused' },
] as const
const people = ['a', 'b'].map((name) => ({ number: 10_005, name, signature: '', avatar: '' }))
const groupPeople = [null, []].map((list): GroupPeople => ({ people: new Map(), list, more: false }))

const state: fc.Arbitrary<ClientState> = fc
  .record({
    connection: fc.constantFrom<ClientState['connection']>({ kind: 'online' }, { kind: 'waiting', retryAt: 5 }),
    me: fc.constantFrom(null, me),
    synced: fc.boolean(),
    settings: fc.constantFrom(null, settings),
    contacts: fc.array(contact),
    conversations: fc.array(fc.oneof(conversation, group)),
    requests: entriesOf(fc.constantFrom('5 1', '5 2'), requests),
    people: entriesOf(key, people),
    groupPeople: entriesOf(key, groupPeople),
    quoted: entriesOf(fc.constantFrom('1 1', '1 2'), [null, row(1, 1), row(1, 2)]),
    online: entriesOf(key, ['online', 'away', 'busy'] as const),
  })
  .map(({ contacts, conversations, requests: asked, people: known, groupPeople: members, quoted, online, ...own }) => ({
    ...own,
    contacts: new Map(contacts.map((each) => [each.peer, each])),
    conversations: new Map(conversations.map((each) => [each.id, each])),
    requests: new Map(asked),
    people: new Map(known),
    groupPeople: new Map(members),
    quoted: new Map(quoted),
    online: new Map(online),
  }))

const mapNames = ['contacts', 'requests', 'people', 'groupPeople', 'quoted'] as const

/** A later state that shares with the earlier one whatever the flags say. */
const pair = fc
  .tuple(state, state, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }))
  .map(([before, other, same]) => {
    const after: ClientState = {
      ...other,
      ...(same[0] && Object.fromEntries(mapNames.map((name) => [name, before[name]]))),
      online: same[1] ? before.online : other.online,
      conversations: same[2]
        ? before.conversations
        : new Map(
            [...other.conversations].map(([id, each]) => [id, (same[id + 2] && before.conversations.get(id)) || each]),
          ),
    }
    return [before, after] as const
  })

describe('a patch', () => {
  test('makes the later state of the earlier one', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const patch = diffStates(before, after)
        expect(patch ? applyPatch(before, patch) : before).toEqual(after)
      }),
    )
  })

  test('does so in another window too, whose state is a copy', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const patch = diffStates(before, after)
        const copy = structuredClone(before)
        expect(patch ? applyPatch(copy, structuredClone(patch)) : copy).toEqual(after)
      }),
    )
  })

  test('leaves what did not change the same object', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const copy = structuredClone(before)
        const patch = diffStates(before, after)
        const next = patch ? applyPatch(copy, structuredClone(patch)) : copy
        for (const part of [...mapNames, 'conversations', 'online', 'me', 'settings', 'connection'] as const)
          if (before[part] === after[part]) expect(next[part]).toBe(copy[part] as never)
        for (const [id, each] of after.conversations)
          if (before.conversations.get(id) === each) expect(next.conversations.get(id)).toBe(copy.conversations.get(id))
        for (const name of mapNames)
          for (const [id, each] of after[name] as ReadonlyMap<unknown, unknown>) {
            const [held, now]: ReadonlyMap<unknown, unknown>[] = [copy[name], next[name]]
            if (before[name].has(id as never) && before[name].get(id as never) === each)
              expect(now?.get(id)).toBe(held?.get(id))
          }
      }),
    )
  })

  test('is nothing where nothing changed', () => {
    fc.assert(fc.property(state, (each) => expect(diffStates(each, { ...each })).toBeNull()))
  })
})

describe('messages', () => {
  const many = Array.from({ length: 500 }, (_, index) => row(index + 1, 1))

  test('any run becomes any other', () => {
    fc.assert(
      fc.property(run, run, (before, after) => {
        const patch = diffRuns(before, after)
        expect(patch ? applyRun(before, patch) : before).toEqual(after)
      }),
    )
  })

  test('that came are all that is told', () => {
    const patch = diffRuns(many.slice(0, 499), many)
    expect(patch).toEqual({ kind: 'ends', skip: 0, keep: 499, older: [], newer: many.slice(499), changed: [] })
  })

  test('older ones too are all that is told', () => {
    const patch = diffRuns(many.slice(50), many)
    expect(patch).toMatchObject({ kind: 'ends', older: many.slice(0, 50), newer: [], changed: [] })
  })

  test('a changed one is told alone, and the others stay the same objects', () => {
    const after = many.map((each) => (each.seq === 9 ? row(9, 2) : each))
    const patch = diffRuns(many, after)
    expect(patch).toMatchObject({ older: [], newer: [], changed: [row(9, 2)] })
    expect(patch && applyRun(many, patch)[20]).toBe(many[20])
  })

  test('a burst of 1,000 in a long chat is told and applied in far less than a frame', () => {
    const long = Array.from({ length: 6_000 }, (_, index) => row(index + 1, 1))
    const conversations = new Map(Array.from({ length: 1_000 }, (_, id) => [id, makeConversation({ id })]))
    const at = (count: number): ClientState => ({
      ...initialState,
      conversations: new Map(conversations).set(7, makeConversation({ messages: long.slice(0, count) })),
    })
    const before = at(5_000)
    const after = {
      ...at(6_000),
      conversations: new Map(before.conversations).set(7, makeConversation({ messages: long })),
    }
    const copy = structuredClone(before)
    const start = performance.now()
    const patch = diffStates(before, after)
    const next = patch && applyPatch(copy, structuredClone(patch))
    expect(performance.now() - start).toBeLessThan(100)
    expect(next?.conversations.get(7)?.messages).toHaveLength(6_000)
  })
})
