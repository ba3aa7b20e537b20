/** Who is shown to whom, and when people were last there. */
import { expect, test } from 'bun:test'
import type { Status } from '@rookery/protocol'
import type { ContactFields } from '../../core/own-row-ports.ts'
import { at, makeAccount, makeConversation, useStore, valueOf, type OpenStore } from './people.ts'

export function describePresence(open: OpenStore): void {
  const store = useStore(open)

  async function set(owner: number, peer: number, fields: Partial<ContactFields>): Promise<void> {
    const expected = (await store().contacts.find(owner, peer))?.rev ?? 0
    const changed = await store().contacts.change([{ row: 'contact', owner, peer, set: fields, expect: expected }])
    if (valueOf(changed) === 'stale') throw new Error('The row moved meanwhile.')
  }

  async function setStatus(owner: number, status: Status): Promise<void> {
    const { rev } = await store().contacts.settings(owner)
    valueOf(await store().contacts.change([{ row: 'settings', owner, set: { status }, expect: rev }]))
  }

  async function makeFriends(): Promise<[number, number]> {
    const [one, other] = [await makeAccount(store()), await makeAccount(store())]
    await set(one, other, { state: 'friend' })
    await set(other, one, { state: 'friend' })
    return [one, other]
  }

  const shownTo = async (number: number) => (await store().contacts.shown(number)).to
  const seenBy = async (number: number) => (await store().contacts.seenBy(number, 'all')).map((one) => one.number)

  test('[P93] friends are shown to each other; those who ask or were deleted are not', async () => {
    const [one, other] = await makeFriends()
    const [asking, gone] = [await makeAccount(store()), await makeAccount(store())]
    await set(one, asking, { state: 'incoming' })
    await set(asking, one, { state: 'outgoing' })
    await set(one, gone, { state: 'none' })
    await set(gone, one, { state: 'none' })
    expect([await shownTo(one), await seenBy(one)]).toEqual([[other], [other]])
    expect([await shownTo(asking), await seenBy(gone)]).toEqual([[], []])
  })

  test('[P93] whom somebody hides from does not see them, and is seen', async () => {
    const [one, other] = await makeFriends()
    await set(one, other, { hidden: true })
    expect([await shownTo(one), await seenBy(other)]).toEqual([[], []])
    expect([await shownTo(other), await seenBy(one)]).toEqual([[one], [other]])
    await set(one, other, { hidden: false })
    expect(await seenBy(other)).toEqual([one])
  })

  test('[P93] of two of whom one has blocked the other neither sees the other', async () => {
    const [one, other] = await makeFriends()
    await set(one, other, { blocked: true })
    for (const number of [one, other]) expect([await shownTo(number), await seenBy(number)]).toEqual([[], []])
  })

  test('[P90] statuses are told as they were set; only those who were asked for', async () => {
    const [one, other] = await makeFriends()
    const third = await makeAccount(store())
    await set(one, third, { state: 'friend' })
    await set(third, one, { state: 'friend' })
    expect((await store().contacts.shown(other)).status).toBe('online')
    await setStatus(other, 'busy')
    expect((await store().contacts.shown(other)).status).toBe('busy')
    const all = await store().contacts.seenBy(one, 'all')
    expect(all.toSorted((a, b) => a.number - b.number)).toEqual([
      { number: other, status: 'busy', last_seen: 0 },
      { number: third, status: 'online', last_seen: 0 },
    ])
    expect(await store().contacts.seenBy(one, [third, 99_999])).toEqual([
      { number: third, status: 'online', last_seen: 0 },
    ])
    expect(await store().contacts.seenBy(one, [])).toEqual([])
  })

  test('[P94] when somebody was last there moves forward only, and stands still while they are invisible', async () => {
    const [one, other] = await makeFriends()
    const lastSeen = async () => (await store().contacts.seenBy(one, [other]))[0]?.last_seen
    valueOf(await store().accounts.noteSeen({ numbers: [other, one], at: at + 10 }))
    valueOf(await store().accounts.noteSeen({ numbers: [other], at: at + 5 }))
    expect(await lastSeen()).toBe(at + 10)
    await setStatus(other, 'invisible')
    valueOf(await store().accounts.noteSeen({ numbers: [one, other], at: at + 20 }))
    expect(await lastSeen()).toBe(at + 10)
    expect((await store().contacts.seenBy(other, [one]))[0]?.last_seen).toBe(at + 20)
    await setStatus(other, 'away')
    valueOf(await store().accounts.noteSeen({ numbers: [other], at: at + 30 }))
    expect(await lastSeen()).toBe(at + 30)
    valueOf(await store().accounts.noteSeen({ numbers: [], at }))
  })

  test('[P93] a conversation has somebody to hide from as long as they are a member', async () => {
    const [one, other] = await makeFriends()
    const conversation = await makeConversation(store(), one, other)
    const hides = () => store().contacts.hidesIn(one, conversation)
    expect(await hides()).toBe(false)
    await set(one, other, { hidden: true })
    expect([await hides(), await store().contacts.hidesIn(other, conversation)]).toEqual([true, false])
    await set(one, other, { hidden: false, blocked: true })
    expect(await hides()).toBe(true)
    const elsewhere = await makeConversation(store(), one, await makeAccount(store()))
    expect(await store().contacts.hidesIn(one, elsewhere)).toBe(false)
  })
}
