import { expect, test } from 'bun:test'
import type { OwnRows } from '@rookery/protocol'
import type { ProfileChange } from '../../core/own-row-ports.ts'
import { makeGroup } from './actions.ts'
import {
  contactChange,
  makeAccount,
  makeConversation,
  rightChange,
  useStore,
  valueOf,
  type OpenStore,
} from './people.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff])
const picture = (name: string) => ({ name, type: 'image/png' as const, bytes: png })

export function describeProfiles(open: OpenStore): void {
  const store = useStore(open)
  const change = async (profile: ProfileChange) => valueOf(await store().contacts.changeProfile(profile))
  const personOf = async (number: number) => (await store().accounts.people([number]))[0]

  test('people are told of by number, each once, whoever exists', async () => {
    const [one, other] = [await makeAccount(store(), { name: '甲' }), await makeAccount(store(), { name: '乙' })]
    const found = await store().accounts.people([other, one, 99_999_999_999, other])
    expect(new Set(found)).toEqual(
      new Set([
        { number: one, name: '甲', signature: '', avatar: '' },
        { number: other, name: '乙', signature: '', avatar: '' },
      ]),
    )
    expect(found).toHaveLength(2)
    expect(await store().accounts.people([])).toEqual([])
  })

  test('what is not said stays; searches find the new name; the user name to log in with stays', async () => {
    const number = await makeAccount(store(), { name: 'old', folded_name: 'old', handle: 'the handle' })
    await change({ number, signature: '<i>hello</i> 🎉' })
    expect(await personOf(number)).toEqual({ number, name: 'old', signature: '<i>hello</i> 🎉', avatar: '' })
    await change({ number, name: 'Brand New', folded_name: 'brand new' })
    const person = { number, name: 'Brand New', signature: '<i>hello</i> 🎉', avatar: '' }
    expect(await personOf(number)).toEqual(person)
    expect(await store().accounts.search('brand new', 10)).toEqual([person])
    expect(await store().accounts.findByHandle('the handle')).toMatchObject(person)
    await change({ number, signature: '' })
    expect(await personOf(number)).toEqual({ ...person, signature: '' })
  })

  test('[D7] whoever has somebody in a row gets it anew, with a rev of their own; nobody else does', async () => {
    const [number, contact, former] = [
      await makeAccount(store()),
      await makeAccount(store()),
      await makeAccount(store()),
    ]
    const [partner, stranger] = [await makeAccount(store()), await makeAccount(store())]
    const conversation = await makeConversation(store(), number, partner)
    valueOf(
      await store().contacts.change([
        contactChange(contact, number, 'friend', 0),
        contactChange(former, number, 'none', 0),
        contactChange(number, stranger, 'outgoing', 0),
      ]),
    )
    await makeGroup(store(), 1)
    const rows = await change({ number, name: 'new', folded_name: 'new', signature: 'hi', avatar: picture('first') })
    const byOwner = new Map(rows.map(({ owner, ...own }) => [owner, own]))
    expect(new Set(byOwner.keys())).toEqual(new Set([number, contact, former, partner]))
    const none: OwnRows = { contacts: [], memberships: [], requests: [], settings: [] }
    const shown = { name: 'new', avatar: 'first' }
    expect(byOwner.get(number)).toMatchObject({ ...none, settings: [{ ...shown, signature: 'hi', rev: 3 }] })
    for (const owner of [contact, former]) {
      const row = await store().contacts.find(owner, number)
      expect(row).toMatchObject({ ...shown, signature: 'hi', rev: 2 })
      expect(byOwner.get(owner)).toEqual({ ...none, contacts: row ? [row] : [] })
    }
    const row = await store().conversations.membership(partner, conversation)
    expect(row).toMatchObject({ ...shown, peer: number, rev: 2 })
    expect(byOwner.get(partner)).toEqual({ ...none, memberships: row ? [row] : [] })
  })

  test('of the conversation with oneself the own row is new too', async () => {
    const number = await makeAccount(store())
    const { conversation } = valueOf(await store().conversations.openDirect({ one: number, other: number }))
    valueOf(await store().contacts.change([rightChange(number, conversation, true, 0)]))
    const [rows, ...others] = await change({ number, name: 'me', folded_name: 'me' })
    expect(others).toEqual([])
    expect(rows).toMatchObject({ owner: number, memberships: [{ conversation, peer: number, name: 'me' }] })
  })

  test('a picture is there as long as somebody has it', async () => {
    const [one, other] = [await makeAccount(store()), await makeAccount(store())]
    expect(await store().contacts.avatar('shared')).toBeNull()
    await change({ number: one, avatar: picture('shared') })
    await change({ number: other, avatar: picture('shared') })
    const found = await store().contacts.avatar('shared')
    expect(found?.type).toBe('image/png')
    expect(new Uint8Array(found?.bytes ?? [])).toEqual(png)
    await change({ number: one, avatar: picture('own') })
    expect(await store().contacts.avatar('shared')).not.toBeNull()
    await change({ number: other, avatar: null })
    expect(await store().contacts.avatar('shared')).toBeNull()
    expect(await personOf(other)).toMatchObject({ avatar: '' })
    await change({ number: one, signature: 'x' })
    await change({ number: one, avatar: picture('own') })
    expect(await store().contacts.avatar('own')).not.toBeNull()
    expect(await personOf(one)).toMatchObject({ avatar: 'own' })
    expect(await store().contacts.avatar('')).toBeNull()
  })
}
