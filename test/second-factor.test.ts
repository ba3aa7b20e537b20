/** The second factor: set up, log in with it, lose the telephone. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import type { Input, OperationName, Output } from '@rookery/protocol'
import { codeOf, fromBase32, stepAt } from '../packages/server/core/one-time-codes.ts'
import type { RunningServer } from '@rookery/server'
import { openOldClient } from './old-client.ts'
import { choosePort, makeFolder, password, signUp, startTestServer, type LogIn } from './harness.ts'

let server: RunningServer
const udp = choosePort()
const folder = makeFolder()
beforeAll(async () => {
  server = await startTestServer({
    ROOKERY_DATA: folder,
    ROOKERY_UDP: `127.0.0.1:${udp}`,
    ROOKERY_LOGIN_WAIT: '1',
    ROOKERY_LOGIN_TRIES_ADDRESS: '1000',
  })
})
afterAll(() => server.stop())

let people = 0

async function makePerson(): Promise<LogIn> {
  people += 1
  return signUp(server.url, `careful ${people} ${crypto.randomUUID().slice(0, 8)}`)
}

const ask = <Name extends OperationName>(person: LogIn, name: Name, input: Input<Name>) =>
  callOnce(server.url, name, input, { token: person.token })

/** A code of a step from now that the server still takes. Each step has one. */
const codeNow = (secret: string, by = 0) => codeOf(fromBase32(secret), stepAt(Date.now()) + by)

interface Protected {
  readonly person: LogIn
  readonly secret: string
  readonly codes: readonly string[]
}

/** Sets the factor up by the code of the step before, so that the one of now is still good. */
async function protect(): Promise<Protected> {
  const person = await makePerson()
  const drafted = await ask(person, 'security.draft', {})
  if (!drafted.ok) throw new Error(drafted.code)
  const { secret } = drafted.value
  const enabled = await ask(person, 'security.enable', { password, secret, code: codeNow(secret, -1) })
  if (!enabled.ok) throw new Error(enabled.code)
  return { person, secret, codes: enabled.value.recovery_codes }
}

const enter = ({ person }: Pick<Protected, 'person'>, code?: string, typed = password) =>
  callOnce(server.url, 'sessions.logIn', {
    login: String(person.me.number),
    password: typed,
    ...(code !== undefined && { code }),
  })

const refused = (code: string) => expect.objectContaining({ ok: false, code })

test('[P80] what a set-up needs: password, and a code of the very secret; nothing is kept of a draft', async () => {
  const person = await makePerson()
  const drafted = await ask(person, 'security.draft', {})
  if (!drafted.ok) throw new Error(drafted.code)
  const { secret, url } = drafted.value
  expect(url).toBe(`otpauth://totp/Rookery:${person.me.number}?secret=${secret}&issuer=Rookery`)
  const wrong = ['000000', '000001', '000002', '000003'].find(
    (code) => ![-1, 0, 1].some((by) => codeNow(secret, by) === code),
  )
  expect(await ask(person, 'security.enable', { password: 'not it', secret, code: codeNow(secret) })).toEqual(
    refused('wrong_password'),
  )
  expect(await ask(person, 'security.enable', { password, secret, code: wrong ?? '' })).toEqual(refused('wrong_code'))
  expect(await ask(person, 'security.read', {})).toEqual({
    ok: true,
    value: { second_factor: false, recovery_codes: 0, passkeys: [] },
  })
  expect((await enter({ person })).ok).toBe(true)
  const enabled = await ask(person, 'security.enable', { password, secret, code: codeNow(secret) })
  expect(enabled).toMatchObject({ ok: true, value: { recovery_codes: expect.any(Array) } })
  expect(await ask(person, 'security.read', {})).toMatchObject({
    value: { second_factor: true, recovery_codes: 10 },
  })
  const again = await ask(person, 'security.enable', { password, secret, code: codeNow(secret, 1) })
  expect(again).toEqual(refused('second_factor_on'))
})

test('[P81] [P82] a log-in needs the code then, each only once; a wrong password says nothing of it', async () => {
  const scene = await protect()
  expect(await enter(scene)).toEqual(refused('second_factor'))
  expect(await enter(scene, undefined, 'not it')).toEqual(refused('wrong_credentials'))
  expect(await enter(scene, codeNow(scene.secret), 'not it')).toEqual(refused('wrong_credentials'))
  const code = codeNow(scene.secret)
  const tries = await Promise.all([enter(scene, code), enter(scene, code), enter(scene, code)])
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await enter(scene, code)).toEqual(refused('wrong_code'))
  expect(await enter(scene, codeNow(scene.secret, -1))).toEqual(refused('wrong_code'))
  expect((await enter(scene, `${codeNow(scene.secret, 1).slice(0, 3)} ${codeNow(scene.secret, 1).slice(3)}`)).ok).toBe(
    true,
  )
  // What is open goes on.
  expect((await ask(scene.person, 'sessions.current', {})).ok).toBe(true)
})

test('[P83] a recovery code works in its place, once; new ones make the old ones worthless', async () => {
  const scene = await protect()
  const [one = '', two = ''] = scene.codes
  expect((await enter(scene, one.toUpperCase())).ok).toBe(true)
  expect(await enter(scene, one)).toEqual(refused('wrong_code'))
  expect(await ask(scene.person, 'security.read', {})).toMatchObject({ value: { recovery_codes: 9 } })
  expect(await ask(scene.person, 'security.renewCodes', { password: 'not it', code: two })).toEqual(
    refused('wrong_password'),
  )
  const renewed = await ask(scene.person, 'security.renewCodes', { password, code: codeNow(scene.secret) })
  if (!renewed.ok) throw new Error(renewed.code)
  expect(await enter(scene, two)).toEqual(refused('wrong_code'))
  expect((await enter(scene, renewed.value.recovery_codes[0])).ok).toBe(true)
})

test('[P84] wrong codes are held back, and leaving the code out does not help', async () => {
  const scene = await protect()
  const answers: (string | true)[] = []
  for (let index = 0; index < 5; index += 1) {
    const answer = await enter(scene, 'wrong code')
    answers.push(answer.ok || answer.code)
    if (index < 4) await enter(scene)
  }
  expect(answers).toEqual(Array(5).fill('wrong_code'))
  const held = await enter(scene, codeNow(scene.secret))
  expect(held).toEqual(refused('too_many_requests'))
  if (held.ok) throw new Error('It was not held back.')
  await Bun.sleep(held.retry_after_ms ?? 0)
  expect((await enter(scene, codeNow(scene.secret))).ok).toBe(true)
})

test('[P84] ten wrong codes hold the account’s codes back, from whatever session they came', async () => {
  const scene = await protect()
  const answers: (string | true)[] = []
  for (let index = 0; index < 11; index += 1) {
    const answer = await ask(scene.person, 'security.disable', { password, code: 'wrong code' })
    answers.push(answer.ok || answer.code)
  }
  expect(answers).toEqual([...Array(10).fill('wrong_code'), 'too_many_requests'])
  expect(await enter(scene, codeNow(scene.secret))).toEqual(refused('too_many_requests'))
})

test('[P80] it is switched off by password and code, and outlives a change of the password', async () => {
  const scene = await protect()
  const fresh = 'another horse'
  const changed = await ask(scene.person, 'accounts.changePassword', { old: password, password: fresh, confirm: fresh })
  expect(changed.ok).toBe(true)
  expect(await enter(scene, undefined, fresh)).toEqual(refused('second_factor'))
  const off = (typed: string, code: string) => ask(scene.person, 'security.disable', { password: typed, code })
  expect(await off(password, codeNow(scene.secret))).toEqual(refused('wrong_password'))
  expect(await off(fresh, 'wrong code')).toEqual(refused('wrong_code'))
  expect(await off(fresh, codeNow(scene.secret))).toEqual({ ok: true, value: {} })
  expect((await enter(scene, undefined, fresh)).ok).toBe(true)
  expect(await off(fresh, codeNow(scene.secret, 1))).toEqual(refused('not_found'))
})

test('[P85] old clients cannot log in to such an account, and learn no more than that', async () => {
  const person = await makePerson()
  const old = await openOldClient(`127.0.0.1:${udp}`)
  expect(await old.ask(`02#${person.me.number}#${password}#`)).toBe('02:01')
  const drafted = await ask(person, 'security.draft', {})
  if (!drafted.ok) throw new Error(drafted.code)
  const { secret } = drafted.value
  expect((await ask(person, 'security.enable', { password, secret, code: codeNow(secret) })).ok).toBe(true)
  expect(await old.ask('08#')).toBe('07:01')
  expect(await old.ask(`02#${person.me.number}#${password}#`)).toBe('02:02')
  expect(await old.ask(`01#${person.me.number}#${password}#other#other#`)).toBe('01:01')
  expect((await ask(person, 'sessions.current', {})).ok).toBe(true)
  old.close()
})

test('[P80] only an administrator takes away somebody else’s factor', async () => {
  const [scene, other] = [await protect(), await makePerson()]
  const { number } = scene.person.me
  expect(await ask(other, 'security.reset', { number })).toEqual(refused('forbidden'))
  expect(await ask(scene.person, 'security.reset', { number })).toEqual(refused('forbidden'))
  const ran = Bun.spawn(
    [process.execPath, `${import.meta.dir}/../packages/cli/main.ts`, 'user', 'reset-2fa', String(number)],
    { env: { ...process.env, ROOKERY_DATA: folder }, stdout: 'pipe', stderr: 'pipe' },
  )
  expect(await new Response(ran.stdout).text()).toContain(String(number))
  expect(await ran.exited).toBe(0)
  expect((await enter(scene)).ok).toBe(true)
})

test('no answer, to anybody, holds a secret or the hash of a code', async () => {
  const { person, secret, codes } = await protect()
  const answers: unknown[] = [
    await ask(person, 'security.read', {}),
    await ask(person, 'sync', { rev: 0 }),
    await ask(person, 'accounts.readSettings', {}),
    await ask(person, 'sessions.list', {}),
  ]
  const said = JSON.stringify(answers)
  for (const word of [secret, ...codes]) expect(said).not.toContain(word)
  expect(Object.keys((answers[0] as { value: Output<'security.read'> }).value)).toEqual([
    'second_factor',
    'recovery_codes',
    'passkeys',
  ])
})
