import { expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import { at, makeAccount, makeHash, makeSession, newAccount, useStore, valueOf, type OpenStore } from './people.ts'

export function describeAccounts(open: OpenStore): void {
  const store = useStore(open)

  test('numbers count up from the first, and an administrator’s choices are skipped', async () => {
    const { store: empty } = await open()
    const first = LIMITS.firstNumber
    expect(await makeAccount(empty)).toBe(first)
    await makeAccount(empty, { number: first + 1 })
    await makeAccount(empty, { number: first + 2 })
    await makeAccount(empty, { number: first + 900 })
    expect(await makeAccount(empty)).toBe(first + 3)
    await makeAccount(empty, { number: first + 4 })
    expect(await makeAccount(empty)).toBe(first + 5)
    await empty.close()
  })

  test('a number is never given twice, however many sign up at once', async () => {
    const numbers = await Promise.all(Array.from({ length: 100 }, () => makeAccount(store())))
    expect(new Set(numbers).size).toBe(100)
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers)
  })

  test('a chosen number that is taken is refused, and nothing is written', async () => {
    const number = await makeAccount(store())
    const again = newAccount({ number })
    expect(await store().accounts.create(again)).toEqual({ ok: false, code: 'number_taken' })
    expect(await store().accounts.findByHandle(again.name)).toBeNull()
  })

  test('a handle is one account’s alone, and nothing is written for the loser', async () => {
    const handle = 'the same handle'
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => store().accounts.create(newAccount({ handle, folded_name: 'rare', name: 'x' }))),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.code === 'name_taken')).toHaveLength(19)
    expect(await store().accounts.search('rare', 100)).toHaveLength(1)
  })

  test('people without a handle may share a name', async () => {
    const shared = { handle: null, name: '甲', folded_name: '甲' }
    const numbers = [await makeAccount(store(), shared), await makeAccount(store(), shared)]
    expect((await store().accounts.search('甲', 10)).map(({ number }) => number)).toEqual(numbers)
    expect(await store().accounts.findByHandle('甲')).toBeNull()
  })

  test('an account is found by its number and by its handle, as it was made', async () => {
    const number = await makeAccount(store(), {
      name: 'Ⅷ 甲 🎉',
      handle: 'viii 甲',
      password_hash: null,
      role: 'admin',
    })
    const unset = { signature: '', avatar: '', password_hash: null, legacy: true }
    const account = { number, name: 'Ⅷ 甲 🎉', role: 'admin', ...unset } as const
    expect(await store().accounts.find(number)).toEqual(account)
    expect(await store().accounts.findByHandle('viii 甲')).toEqual(account)
    expect(await store().accounts.find(LIMITS.lastNumber)).toBeNull()
    expect(await store().accounts.findByHandle('nobody')).toBeNull()
  })

  test('search takes a whole number or a part of a name, letter by letter, and answers by number', async () => {
    const wildcards = await makeAccount(store(), { folded_name: `50% of _ o'clock` })
    const plain = await makeAccount(store(), { folded_name: '50 of x oclock' })
    const find = async (query: string) => (await store().accounts.search(query, 100)).map(({ number }) => number)
    expect(await find('of _ o')).toEqual([wildcards])
    expect(await find('%')).toEqual([wildcards])
    expect(await find(`_ o'`)).toEqual([wildcards])
    expect(await find('clock')).toEqual([wildcards, plain])
    expect(await find(String(plain))).toEqual([plain])
    expect(await find(String(plain).slice(0, -1))).toEqual([])
    expect((await store().accounts.search('clock', 1)).map(({ number }) => number)).toEqual([wildcards])
  })

  test('there is an administrator once one was made', async () => {
    const { store: empty } = await open()
    await makeAccount(empty)
    expect(await empty.accounts.hasAdmin()).toBe(false)
    await makeAccount(empty, { role: 'admin' })
    expect(await empty.accounts.hasAdmin()).toBe(true)
    await empty.close()
  })

  test('[D10] a new password ends every session but the kept one, and tells which', async () => {
    const number = await makeAccount(store())
    const stranger = await makeSession(store(), await makeAccount(store()))
    const [keep, ...others] = [await makeSession(store(), number), await makeSession(store(), number)]
    const ended = await makeSession(store(), number)
    const changed = await store().accounts.setPassword({ number, before: 'hash', password_hash: 'new', keep })
    expect(valueOf(changed).ended.toSorted()).toEqual([...others, ended].toSorted())
    expect((await store().sessions.list(number)).map(({ session }) => session)).toEqual([keep])
    expect(await store().sessions.exists(stranger)).toBe(true)
    expect((await store().accounts.find(number))?.password_hash).toBe('new')
  })

  test('[D10] of two changes of one password at once the first stands, and the second ends nothing', async () => {
    const number = await makeAccount(store())
    const keep = await makeSession(store(), number)
    const [first, second] = await Promise.all([
      store().accounts.setPassword({ number, before: 'hash', password_hash: 'first', keep }),
      store().accounts.setPassword({ number, before: 'hash', password_hash: 'second', keep: null }),
    ])
    expect(first.ok).toBe(true)
    expect(second).toEqual({ ok: false, code: 'wrong_old_password' })
    expect((await store().accounts.find(number))?.password_hash).toBe('first')
    expect(await store().sessions.exists(keep)).toBe(true)
  })

  test('[D10] a new password with nothing to keep ends all sessions', async () => {
    const number = await makeAccount(store())
    const sessions = [await makeSession(store(), number), await makeSession(store(), number)]
    const changed = await store().accounts.setPassword({ number, before: 'hash', password_hash: 'new', keep: null })
    expect(valueOf(changed).ended.toSorted()).toEqual(sessions.toSorted())
    expect(await store().sessions.list(number)).toEqual([])
  })

  test('a ticket that is no good makes no account and costs no number', async () => {
    const { store: empty } = await open()
    const refused = await empty.accounts.create(
      newAccount({ ticket: { hash: makeHash(), kind: 'invite' }, handle: 'ghost', at }),
    )
    expect(refused).toEqual({ ok: false, code: 'ticket_invalid' })
    expect(await empty.accounts.findByHandle('ghost')).toBeNull()
    expect(await makeAccount(empty)).toBe(LIMITS.firstNumber)
    await empty.close()
  })

  test('what is typed may hold what no stored text can: it finds nothing, and breaks nothing', async () => {
    const name = `typed ${crypto.randomUUID()}`
    await makeAccount(store(), { name, folded_name: name, handle: name })
    for (const odd of ['\0', '\ud800', '"{},\\\'%_', '\u{10ffff}']) {
      expect(await store().accounts.findByHandle(`${name}${odd}`)).toBeNull()
      expect(await store().accounts.search(`${name}${odd}`, 5)).toEqual([])
      expect(await store().groups.search(odd, 5)).toEqual([])
      expect(await store().contacts.avatar(odd)).toBeNull()
      expect(await store().sessions.exists(odd)).toBe(false)
      expect(await store().sessions.alive([odd])).toEqual([])
      expect(await store().tallies.change([odd], 0, (tallies) => ({ value: 1, tallies }))).toEqual({
        ok: true,
        value: 1,
      })
    }
  })
}
