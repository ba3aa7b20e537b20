import { expect, test } from 'bun:test'
import { at, makeAccount, makeHash, makeSession, useStore, valueOf, type OpenStore } from './people.ts'

export function describeSessions(open: OpenStore): void {
  const store = useStore(open)

  test('a session is found by its token’s hash, with whose it is', async () => {
    const number = await makeAccount(store(), { name: '甲', role: 'admin' })
    const hash = makeHash()
    const session = await makeSession(store(), number, hash)
    expect(await store().sessions.findByToken(hash)).toEqual({
      session,
      number,
      name: '甲',
      role: 'admin',
      seen_at: at,
    })
    expect(await store().sessions.findByToken(makeHash())).toBeNull()
    expect(await store().sessions.list(number)).toEqual([
      { session, device: 'a device', legacy: false, created_at: at, seen_at: at },
    ])
  })

  test('[D10] no session is made from a password that was changed meanwhile', async () => {
    const number = await makeAccount(store())
    const made = { session: 'late', hash: makeHash(), number, password_hash: 'hash', device: '', legacy: false, at }
    const [changed, late] = await Promise.all([
      store().accounts.setPassword({ number, before: 'hash', password_hash: 'new', keep: null }),
      store().sessions.create(made),
    ])
    expect(changed.ok).toBe(true)
    expect(late).toEqual({ ok: false, code: 'wrong_credentials' })
    expect(await store().sessions.exists('late')).toBe(false)
    expect(await store().sessions.list(number)).toEqual([])
  })

  test('no session is made for an account without a password, or for none', async () => {
    const number = await makeAccount(store(), { password_hash: null })
    const refused = { ok: false, code: 'wrong_credentials' } as const
    const made = { session: 'x', hash: makeHash(), password_hash: 'hash', device: '', legacy: false, at }
    expect(await store().sessions.create({ ...made, number })).toEqual(refused)
    expect(await store().sessions.create({ ...made, number: 99_999 })).toEqual(refused)
  })

  test('a legacy session is found by its device while it was seen lately, and ends when it was not', async () => {
    const number = await makeAccount(store())
    const made = { hash: makeHash(), number, password_hash: 'hash', device: '127.0.0.1:4711', legacy: true, at }
    expect((await store().sessions.create({ ...made, session: 'old client' })).ok).toBe(true)
    expect(await store().sessions.findLegacy('127.0.0.1:4711', at)).toMatchObject({ session: 'old client', number })
    expect(await store().sessions.findLegacy('127.0.0.1:4711', at + 1)).toBeNull()
    expect(await store().sessions.findLegacy('127.0.0.1:4712', at)).toBeNull()
    const other = await makeSession(store(), number)
    await store().sessions.endIdleLegacy(at)
    expect(await store().sessions.exists('old client')).toBe(true)
    await store().sessions.endIdleLegacy(at + 1)
    expect(await store().sessions.exists('old client')).toBe(false)
    expect(await store().sessions.exists(other)).toBe(true)
  })

  test('forbidding legacy clients ends their sessions and no others', async () => {
    const number = await makeAccount(store())
    const made = { hash: makeHash(), number, password_hash: 'hash', device: 'x', legacy: true, at }
    await store().sessions.create({ ...made, session: 'an old one' })
    const other = await makeSession(store(), number)
    expect(await store().accounts.allowLegacy({ number, legacy: false })).toEqual({
      ok: true,
      value: { ended: ['an old one'] },
    })
    expect((await store().accounts.find(number))?.legacy).toBe(false)
    expect(await store().sessions.exists(other)).toBe(true)
    expect(await store().accounts.allowLegacy({ number, legacy: true })).toEqual({ ok: true, value: { ended: [] } })
    expect((await store().accounts.find(number))?.legacy).toBe(true)
  })

  test('[D10] no legacy session is made once legacy clients are forbidden, and others are', async () => {
    const number = await makeAccount(store())
    const made = { hash: makeHash(), number, password_hash: 'hash', device: 'x', at }
    const [forbidden, late] = await Promise.all([
      store().accounts.allowLegacy({ number, legacy: false }),
      store().sessions.create({ ...made, session: 'a late one', legacy: true }),
    ])
    expect(forbidden.ok).toBe(true)
    expect(late).toEqual({ ok: false, code: 'wrong_credentials' })
    expect(await store().sessions.exists('a late one')).toBe(false)
    expect((await store().sessions.create({ ...made, session: 'a new one', legacy: false })).ok).toBe(true)
  })

  test('being seen only moves forward', async () => {
    const number = await makeAccount(store())
    const session = await makeSession(store(), number)
    valueOf(await store().sessions.touch({ session, at: at + 10 }))
    valueOf(await store().sessions.touch({ session, at: at + 5 }))
    expect((await store().sessions.list(number))[0]?.seen_at).toBe(at + 10)
  })

  test('touching a session that ended does not bring it back', async () => {
    const number = await makeAccount(store())
    const session = await makeSession(store(), number)
    valueOf(await store().sessions.end({ session, number }))
    await store().sessions.touch({ session, at: at + 10 })
    expect(await store().sessions.exists(session)).toBe(false)
  })

  test('[D10] an ended session is gone by every way to it, and ends once', async () => {
    const number = await makeAccount(store())
    const hash = makeHash()
    const session = await makeSession(store(), number, hash)
    expect(await store().sessions.exists(session)).toBe(true)
    valueOf(await store().sessions.end({ session, number }))
    expect(await store().sessions.findByToken(hash)).toBeNull()
    expect(await store().sessions.exists(session)).toBe(false)
    expect(await store().sessions.list(number)).toEqual([])
    expect(await store().sessions.end({ session, number })).toEqual({ ok: false, code: 'not_found' })
  })

  test('[D10] of many sessions those that live are told from those that ended, or never were', async () => {
    const [one, other] = [await makeAccount(store()), await makeAccount(store())]
    const sessions = await Promise.all([one, other, one, other].map((number) => makeSession(store(), number)))
    const [ended = '', ...living] = sessions
    valueOf(await store().sessions.end({ session: ended, number: one }))
    const unknown = Array.from({ length: 20_000 }, (_, index) => `never ${index} '"`)
    const alive = await store().sessions.alive([...unknown, ...sessions, ...sessions])
    expect(alive.toSorted()).toEqual(living.toSorted())
    expect(await store().sessions.alive([])).toEqual([])
  })

  test('nobody ends somebody else’s session', async () => {
    const [owner, stranger] = [await makeAccount(store()), await makeAccount(store())]
    const session = await makeSession(store(), owner)
    expect(await store().sessions.end({ session, number: stranger })).toEqual({ ok: false, code: 'not_found' })
    expect(await store().sessions.exists(session)).toBe(true)
  })
}
