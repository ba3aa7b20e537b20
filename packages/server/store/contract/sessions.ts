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
    expect(await store().sessions.list(number)).toEqual([{ session, device: 'a device', created_at: at, seen_at: at }])
  })

  test('[D10] no session is made from a password that was changed meanwhile', async () => {
    const number = await makeAccount(store())
    const made = { session: 'late', hash: makeHash(), number, password_hash: 'hash', device: '', at }
    const [changed, late] = await Promise.all([
      store().accounts.setPassword({ number, password_hash: 'new', keep: null }),
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
    const made = { session: 'x', hash: makeHash(), password_hash: 'hash', device: '', at }
    expect(await store().sessions.create({ ...made, number })).toEqual(refused)
    expect(await store().sessions.create({ ...made, number: 99_999 })).toEqual(refused)
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

  test('nobody ends somebody else’s session', async () => {
    const [owner, stranger] = [await makeAccount(store()), await makeAccount(store())]
    const session = await makeSession(store(), owner)
    expect(await store().sessions.end({ session, number: stranger })).toEqual({ ok: false, code: 'not_found' })
    expect(await store().sessions.exists(session)).toBe(true)
  })
}
