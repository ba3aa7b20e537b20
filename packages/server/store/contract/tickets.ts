import { expect, test } from 'bun:test'
import type { Store, TicketKind } from '../../core/ports.ts'
import { at, makeAccount, makeHash, newAccount, useStore, valueOf, type OpenStore } from './people.ts'

const expires_at = at + 1_000

async function makeTicket(store: Store, kind: TicketKind, number: number | null = null): Promise<Uint8Array> {
  const hash = makeHash()
  valueOf(await store.accounts.createTicket({ hash, kind, number, expires_at }))
  return hash
}

export function describeTickets(open: OpenStore): void {
  const store = useStore(open)

  test('a ticket is found until it expires', async () => {
    const hash = await makeTicket(store(), 'claim', 10_001)
    expect(await store().accounts.findTicket(hash, expires_at - 1)).toEqual({
      kind: 'claim',
      number: 10_001,
      expires_at,
    })
    expect(await store().accounts.findTicket(hash, expires_at)).toBeNull()
    expect(await store().accounts.findTicket(makeHash(), at)).toBeNull()
  })

  test('a ticket is used once, though a hundred try at once', async () => {
    const hash = await makeTicket(store(), 'invite')
    const tries = Array.from({ length: 100 }, () => newAccount({ ticket: { hash, kind: 'invite' } }))
    const answers = await Promise.all(tries.map((account) => store().accounts.create(account)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.code === 'ticket_invalid')).toHaveLength(99)
    const made = await Promise.all(tries.map(({ name }) => store().accounts.findByHandle(name)))
    expect(made.filter((account) => account !== null)).toHaveLength(1)
    expect(await store().accounts.findTicket(hash, at)).toBeNull()
  })

  test('a refused sign-up leaves its ticket good', async () => {
    const hash = await makeTicket(store(), 'invite')
    const number = await makeAccount(store(), { handle: 'taken' })
    const ticket = { hash, kind: 'invite' } as const
    expect(await store().accounts.create(newAccount({ handle: 'taken', ticket }))).toMatchObject({ code: 'name_taken' })
    expect(await store().accounts.create(newAccount({ number, ticket }))).toMatchObject({ code: 'number_taken' })
    expect((await store().accounts.create(newAccount({ ticket }))).ok).toBe(true)
  })

  test('a ticket of another kind or past its time admits nobody', async () => {
    const hash = await makeTicket(store(), 'invite')
    const refused = { ok: false, code: 'ticket_invalid' } as const
    expect(await store().accounts.create(newAccount({ ticket: { hash, kind: 'admin' } }))).toEqual(refused)
    expect(await store().accounts.claim({ hash, password_hash: 'x', at })).toEqual(refused)
    const late = newAccount({ ticket: { hash, kind: 'invite' }, at: expires_at })
    expect(await store().accounts.create(late)).toEqual(refused)
    expect((await store().accounts.create(newAccount({ ticket: { hash, kind: 'invite' } }))).ok).toBe(true)
  })

  test('a claim sets the password of its account, once', async () => {
    const number = await makeAccount(store(), { password_hash: null })
    const hash = await makeTicket(store(), 'claim', number)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store().accounts.claim({ hash, password_hash: `password of try ${index}`, at }),
      ),
    )
    expect(answers[0]).toEqual({ ok: true, value: { number } })
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await store().accounts.find(number))?.password_hash).toBe('password of try 0')
  })

  test('a claim that came too late changes nothing', async () => {
    const number = await makeAccount(store(), { password_hash: null })
    const hash = await makeTicket(store(), 'claim', number)
    const late = await store().accounts.claim({ hash, password_hash: 'late', at: expires_at })
    expect(late).toEqual({ ok: false, code: 'ticket_invalid' })
    expect((await store().accounts.find(number))?.password_hash).toBeNull()
  })

  test('dropping tickets drops those of that kind only', async () => {
    const [admin, invite] = [await makeTicket(store(), 'admin'), await makeTicket(store(), 'invite')]
    valueOf(await store().accounts.dropTickets('admin'))
    expect(await store().accounts.findTicket(admin, at)).toBeNull()
    expect(await store().accounts.findTicket(invite, at)).not.toBeNull()
  })
}
