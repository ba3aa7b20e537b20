/** Passkeys: made, used in the place of both factors, and whatever somebody may try instead. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Answer, ErrorCode, Input, OperationName } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { makePasskey, type Honesty, type SoftPasskey } from './authenticator.ts'
import { choosePort, password, signUp, startTestServer, type LogIn } from './harness.ts'

let server: RunningServer
let origin: string
beforeAll(async () => {
  const port = choosePort()
  server = await startTestServer({ PORT: String(port) })
  origin = `http://localhost:${port}`
})
afterAll(() => server.stop())

/** As a page of that origin asks; the server is reached at the same address whatever it is called. */
async function ask<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  token?: string,
  from: { readonly origin?: string; readonly host?: string; readonly url?: string } = {},
): Promise<Answer<Name>> {
  const page = from.origin ?? origin
  const response = await fetch(`${from.url ?? server.url}/api/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: page,
      host: from.host ?? new URL(page).host,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(input),
  })
  const answer = (await response.json()) as { error?: { code: never } }
  return (answer.error ? { ok: false, code: answer.error.code } : { ok: true, value: answer }) as Answer<Name>
}

const refused = (code: ErrorCode) => ({ ok: false, code }) as const

async function begin(person: LogIn) {
  const begun = await ask('passkeys.begin', { password }, person.token)
  if (!begun.ok) throw new Error(begun.code)
  return begun.value
}

async function makeOne(name: string): Promise<{ person: LogIn; passkey: SoftPasskey }> {
  const person = await signUp(server.url, `${name} ${crypto.randomUUID().slice(0, 8)}`)
  const passkey = makePasskey(await begin(person), origin)
  const added = await ask('passkeys.add', { name, credential: passkey.creation }, person.token)
  if (!added.ok) throw new Error(added.code)
  return { person, passkey }
}

async function challenge() {
  const asked = await ask('passkeys.challenge', {})
  if (!asked.ok) throw new Error(asked.code)
  return asked.value
}

const logIn = async (passkey: SoftPasskey, honesty?: Honesty) =>
  ask('sessions.logInByPasskey', { credential: passkey.use(await challenge(), honesty), device: 'a browser' })

test('[P86] several passkeys with names; each opens the account without a name or a code', async () => {
  const { person, passkey } = await makeOne('Laptop')
  const options = await begin(person)
  expect(options.rp).toEqual({ id: 'localhost', name: 'Rookery' })
  expect(options.excludeCredentials.map(({ id }) => id)).toEqual([passkey.id])
  const second = makePasskey(options, origin)
  expect(await ask('passkeys.add', { name: '钥匙', credential: second.creation }, person.token)).toMatchObject({
    value: { passkey: second.id, name: '钥匙', used_at: 0 },
  })
  const drafted = await ask('security.draft', {}, person.token)
  if (!drafted.ok) throw new Error(drafted.code)
  for (const each of [passkey, second]) {
    const entered = await logIn(each)
    expect(entered).toMatchObject({ ok: true, value: { me: person.me } })
    if (!entered.ok) throw new Error(entered.code)
    expect(await ask('sessions.current', {}, entered.value.token)).toMatchObject({ value: { me: person.me } })
  }
  const read = await ask('security.read', {}, person.token)
  if (!read.ok) throw new Error(read.code)
  expect(read.value.passkeys.map(({ name, used_at }) => [name, used_at > 0])).toEqual([
    ['Laptop', true],
    ['钥匙', true],
  ])
})

test('[P86] one that is removed opens nothing, and only its owner removes it', async () => {
  const { person, passkey } = await makeOne('Lost')
  const other = await signUp(server.url, `other ${crypto.randomUUID().slice(0, 8)}`)
  expect(await ask('passkeys.remove', { passkey: passkey.id }, other.token)).toEqual(refused('not_found'))
  expect((await logIn(passkey)).ok).toBe(true)
  expect(await ask('passkeys.remove', { passkey: passkey.id }, person.token)).toEqual({ ok: true, value: {} })
  expect(await logIn(passkey)).toEqual(refused('passkey_refused'))
})

test('[P86] a passkey is made only after the password, and for whoever asked', async () => {
  const [one, other] = await Promise.all(
    ['a', 'b'].map((name) => signUp(server.url, `${name} ${crypto.randomUUID().slice(0, 8)}`)),
  )
  if (!one || !other) throw new Error('Nobody signed up.')
  expect(await ask('passkeys.begin', { password: 'not it' }, one.token)).toEqual(refused('wrong_password'))
  const passkey = makePasskey(await begin(one), origin)
  const add = (person: LogIn) => ask('passkeys.add', { name: 'x', credential: passkey.creation }, person.token)
  expect(await add(other)).toEqual(refused('passkey_refused'))
  expect((await add(one)).ok).toBe(true)
  expect(await add(one)).toEqual(refused('passkey_refused'))
})

test('[P87] a challenge is good once, whoever gets hold of what was signed', async () => {
  const { passkey } = await makeOne('Once')
  const credential = passkey.use(await challenge())
  const tries = await Promise.all(
    Array.from({ length: 20 }, () => ask('sessions.logInByPasskey', { credential, device: '' })),
  )
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
  expect(tries.filter((answer) => !answer.ok && answer.code === 'passkey_refused')).toHaveLength(19)
})

describe('[P87] what a signature must say', () => {
  const lies: [string, Honesty][] = [
    ['another page', { origin: 'http://localhost:1' }],
    ['another host', { rpId: 'example.org' }],
    ['nobody verified', { verified: false }],
    ['another purpose', { type: 'webauthn.other' }],
  ]
  test.each(lies)('%s is refused', async (_, honesty) => {
    const { person, passkey } = await makeOne('Honest')
    expect(await logIn(passkey, honesty)).toEqual(refused('passkey_refused'))
    expect((await logIn(passkey)).ok).toBe(true)
    const dishonest = makePasskey(await begin(person), origin, honesty)
    const added = await ask('passkeys.add', { name: 'x', credential: dishonest.creation }, person.token)
    expect(added).toEqual(refused('passkey_refused'))
  })

  test('a signature by another key, or over a challenge of one’s own, is refused', async () => {
    const [{ passkey }, { passkey: other }] = [await makeOne('Mine'), await makeOne('Theirs')]
    const forged = { ...other.use(await challenge()), id: passkey.id, rawId: passkey.id }
    const invented = passkey.use({ ...(await challenge()), challenge: 'A'.repeat(43) })
    for (const credential of [forged, invented])
      expect(await ask('sessions.logInByPasskey', { credential, device: '' })).toEqual(refused('passkey_refused'))
  })

  test('a challenge for adding is none for a log-in', async () => {
    const { person, passkey } = await makeOne('Twice')
    const { challenge: asked } = await begin(person)
    const credential = passkey.use({ ...(await challenge()), challenge: asked })
    expect(await ask('sessions.logInByPasskey', { credential, device: '' })).toEqual(refused('passkey_refused'))
  })
})

test('[P87] a counter that does not rise is a copy’s, and refused', async () => {
  const { passkey } = await makeOne('Counting')
  expect((await logIn(passkey, { counter: 5 })).ok).toBe(true)
  for (const counter of [5, 4, 0]) expect(await logIn(passkey, { counter })).toEqual(refused('passkey_refused'))
  expect((await logIn(passkey, { counter: 6 })).ok).toBe(true)
})

test('[P88] without a host name there are no passkeys; with ROOKERY_URL they are that name’s', async () => {
  const bare = { origin: server.url, host: new URL(server.url).host }
  expect(await ask('passkeys.challenge', {}, undefined, bare)).toEqual(refused('passkeys_unavailable'))
  const foreign = { origin: 'https://chat.example.org', host: 'chat.example.org' }
  expect(await ask('passkeys.challenge', {}, undefined, foreign)).toEqual(refused('passkeys_unavailable'))
  const port = choosePort()
  const named = await startTestServer({ ROOKERY_URL: 'https://chat.example.org', PORT: String(port) })
  const at = { ...foreign, url: `http://127.0.0.1:${port}` }
  expect(await ask('passkeys.challenge', {}, undefined, at)).toMatchObject({ value: { rpId: 'chat.example.org' } })
  await named.stop()
})

/** Programs, which name no page, cannot use passkeys. */
test('[P88] whoever names no page gets none', async () => {
  const response = await fetch(`${server.url}/api/passkeys.challenge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect([response.status, await response.json()]).toMatchObject([403, { error: { code: 'passkeys_unavailable' } }])
})
