/** Second factors, recovery codes and passkeys. */
import { expect, test } from 'bun:test'
import type { Passkey } from '../../core/security-ports.ts'
import { LIMITS } from '@rookery/protocol'
import { at, makeAccount, makeHash, useStore, valueOf, type OpenStore } from './people.ts'

const secret = new Uint8Array(20).fill(7)

export function describeSecurity(open: OpenStore): void {
  const store = useStore(open)

  async function makeFactor(step = 100, codes = [makeHash(), makeHash()]) {
    const number = await makeAccount(store())
    valueOf(await store().security.enable({ number, secret, step, codes }))
    return { number, codes }
  }

  test('[P80] a second factor is kept with its recovery codes, until it is taken away', async () => {
    const number = await makeAccount(store())
    expect(await store().security.secondFactor(number)).toBeNull()
    const codes = [makeHash(), makeHash(), makeHash()]
    expect(await store().security.enable({ number, secret, step: 5, codes })).toEqual({
      ok: true,
      value: { ended: [] },
    })
    expect(await store().security.secondFactor(number)).toEqual({ secret, step: 5, codes: 3 })
    expect(await store().security.enable({ number, secret, step: 9, codes: [] })).toMatchObject({
      code: 'second_factor_on',
    })
    valueOf(await store().security.disable(number))
    expect(await store().security.secondFactor(number)).toBeNull()
    expect(await store().security.disable(number)).toMatchObject({ code: 'not_found' })
    const [hash = makeHash()] = codes
    expect(await store().security.useRecoveryCode({ number, hash })).toMatchObject({ code: 'wrong_code' })
  })

  test('[P82] the code of a step is used once, though a hundred try at once, and none of a step before it', async () => {
    const { number } = await makeFactor()
    const tries = await Promise.all(Array.from({ length: 100 }, () => store().security.useStep({ number, step: 101 })))
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    for (const step of [99, 100, 101])
      expect(await store().security.useStep({ number, step })).toEqual({ ok: false, code: 'wrong_code' })
    expect((await store().security.useStep({ number, step: 102 })).ok).toBe(true)
    expect((await store().security.secondFactor(number))?.step).toBe(102)
  })

  test('[P83] a recovery code is used once, though a hundred try at once, and is its owner’s alone', async () => {
    const { number, codes } = await makeFactor()
    const other = await makeFactor()
    const [hash = makeHash()] = codes
    expect(await store().security.useRecoveryCode({ number: other.number, hash })).toMatchObject({ code: 'wrong_code' })
    const tries = await Promise.all(
      Array.from({ length: 100 }, () => store().security.useRecoveryCode({ number, hash })),
    )
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await store().security.secondFactor(number))?.codes).toBe(1)
    expect((await store().security.secondFactor(other.number))?.codes).toBe(2)
  })

  test('[P83] new recovery codes stand instead of the ones before', async () => {
    const { number, codes } = await makeFactor()
    const fresh = [makeHash(), makeHash(), makeHash()]
    valueOf(await store().security.replaceRecoveryCodes({ number, codes: fresh }))
    const [old = makeHash()] = codes
    const [hash = makeHash()] = fresh
    expect(await store().security.useRecoveryCode({ number, hash: old })).toMatchObject({ code: 'wrong_code' })
    expect((await store().security.useRecoveryCode({ number, hash })).ok).toBe(true)
    const nobody = await makeAccount(store())
    expect(await store().security.replaceRecoveryCodes({ number: nobody, codes: fresh })).toMatchObject({
      code: 'not_found',
    })
  })

  test('[P85] a second factor ends legacy sessions, and no new one is made beside it', async () => {
    const number = await makeAccount(store())
    const made = { number, password_hash: 'hash', device: 'x', at }
    valueOf(await store().sessions.create({ ...made, session: `old ${number}`, hash: makeHash(), legacy: true }))
    valueOf(await store().sessions.create({ ...made, session: `web ${number}`, hash: makeHash(), legacy: false }))
    const [enabled, late] = await Promise.all([
      store().security.enable({ number, secret, step: 0, codes: [] }),
      store().sessions.create({ ...made, session: `late ${number}`, hash: makeHash(), legacy: true }),
    ])
    expect(valueOf(enabled)).toEqual({ ended: [`old ${number}`] })
    expect(late).toMatchObject({ code: 'wrong_credentials' })
    expect((await store().sessions.list(number)).map(({ session }) => session)).toEqual([`web ${number}`])
    valueOf(await store().security.disable(number))
    const again = await store().sessions.create({ ...made, session: `new ${number}`, hash: makeHash(), legacy: true })
    expect(again.ok).toBe(true)
  })

  let passkeys = 0

  function newPasskey(number: number, given: Partial<Passkey> = {}): Passkey {
    passkeys += 1
    const common = { name: 'a key', public_key: new Uint8Array([1, 2, 0, 255]), counter: 0, used_at: 0 }
    return {
      passkey: `passkey-${passkeys}`,
      number,
      transports: ['usb', 'nfc'],
      created_at: at + passkeys,
      ...common,
      ...given,
    }
  }

  const most = LIMITS.passkeys

  test('[P86] passkeys are kept as they are, oldest first, and found by their own names', async () => {
    const number = await makeAccount(store())
    const [one, two] = [newPasskey(number), newPasskey(number, { transports: [] })]
    for (const passkey of [two, one]) valueOf(await store().security.addPasskey({ passkey, most }))
    expect(await store().security.passkeys(number)).toEqual([one, two])
    expect(await store().security.findPasskey(two.passkey)).toEqual(two)
    expect(await store().security.findPasskey('unknown')).toBeNull()
  })

  test('[P86] nobody adds a passkey that is there already, nor more than they may have', async () => {
    const [owner, thief] = [await makeAccount(store()), await makeAccount(store())]
    const passkey = newPasskey(owner)
    valueOf(await store().security.addPasskey({ passkey, most }))
    const stolen = await store().security.addPasskey({ passkey: { ...passkey, number: thief }, most })
    expect(stolen).toMatchObject({ code: 'passkey_refused' })
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => store().security.addPasskey({ passkey: newPasskey(owner), most: 3 })),
    )
    expect(tries.map((each) => each.ok || each.code)).toEqual([
      true,
      true,
      'too_many_passkeys',
      'too_many_passkeys',
      'too_many_passkeys',
    ])
    expect(await store().security.passkeys(owner)).toHaveLength(3)
  })

  test('[P87] a signature counter only rises; authenticators without one say 0 for ever', async () => {
    const number = await makeAccount(store())
    const { passkey } = newPasskey(number)
    valueOf(await store().security.addPasskey({ passkey: newPasskey(number, { passkey }), most }))
    const use = (counter: number) => store().security.usePasskey({ passkey, counter, at: at + counter })
    expect((await use(0)).ok).toBe(true)
    expect((await use(0)).ok).toBe(true)
    const tries = await Promise.all(Array.from({ length: 10 }, () => use(5)))
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    for (const counter of [0, 4, 5]) expect(await use(counter)).toMatchObject({ code: 'passkey_refused' })
    expect((await use(6)).ok).toBe(true)
    expect(await store().security.findPasskey(passkey)).toMatchObject({ counter: 6, used_at: at + 6 })
    expect(await store().security.usePasskey({ passkey: 'unknown', counter: 1, at })).toMatchObject({
      code: 'passkey_refused',
    })
  })

  test('[P86] a passkey is removed by its owner only, one or all', async () => {
    const [owner, stranger] = [await makeAccount(store()), await makeAccount(store())]
    const keys = [newPasskey(owner), newPasskey(owner), newPasskey(owner)]
    for (const passkey of keys) valueOf(await store().security.addPasskey({ passkey, most }))
    const [{ passkey } = newPasskey(owner)] = keys
    expect(await store().security.removePasskey({ number: stranger, passkey })).toMatchObject({ code: 'not_found' })
    valueOf(await store().security.removePasskey({ number: owner, passkey }))
    expect(await store().security.findPasskey(passkey)).toBeNull()
    expect(await store().security.removePasskey({ number: owner, passkey })).toMatchObject({ code: 'not_found' })
    expect(valueOf(await store().security.removePasskeys(owner))).toEqual({ removed: 2 })
    expect(await store().security.passkeys(owner)).toEqual([])
  })
}
