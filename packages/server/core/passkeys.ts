/** Passkeys (WebAuthn, discoverable credentials): a device that knows its owner is both factors. */
import { LIMITS, ok, refuse, type Answer, type Checked, type Result } from '@rookery/protocol'
import type { Context, User, Visitor } from './context.ts'
import { provePassword } from './password-proof.ts'
import { makeSecret } from './secrets.ts'
import type { Expected, Passkey } from './security-ports.ts'
import { openSession } from './sessions.ts'

/** How long a browser may take, in milliseconds. */
const patience = 300_000

/** COSE algorithms (RFC 9053): EdDSA, ES256, RS256. */
const algorithms = [-8, -7, -257]

export async function begin(
  context: Context,
  user: User,
  { password }: Checked<'passkeys.begin'>,
): Promise<Answer<'passkeys.begin'>> {
  const { number, name } = user
  const site = siteOf(context, user)
  if (!site.ok) return site
  const known = await context.store.security.passkeys(number)
  if (known.length >= LIMITS.passkeys) return refuse('too_many_passkeys')
  const proved = await provePassword(context, user, password)
  if (!proved.ok) return proved
  const challenge = await giveChallenge(context, `add ${number}`)
  if (!challenge.ok) return challenge
  return ok({
    rp: { id: site.value.rpId, name: 'Rookery' },
    user: { id: Buffer.from(String(number)).toString('base64url'), name: String(number), displayName: name },
    challenge: challenge.value,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: patience,
    attestation: 'none',
    excludeCredentials: known.map(({ passkey, transports }) => ({
      id: passkey,
      type: 'public-key' as const,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  })
}

export async function add(
  context: Context,
  user: User,
  { name, credential }: Checked<'passkeys.add'>,
): Promise<Answer<'passkeys.add'>> {
  const { store, passkeys, clock } = context
  const { number } = user
  const expected = await expect(context, user, `add ${number}`, credential)
  if (!expected.ok) return expected
  const made = await passkeys.readNew(credential, expected.value)
  if (!made) return refuse('passkey_refused')
  const { transports = [] } = credential.response
  const passkey: Passkey = { ...made, number, name, transports, created_at: clock.now(), used_at: 0 }
  const added = await store.security.addPasskey({ passkey, most: LIMITS.passkeys })
  if (!added.ok) return added
  return ok({ passkey: made.passkey, name, created_at: passkey.created_at, used_at: 0 })
}

export async function remove(
  { store }: Context,
  { number }: User,
  { passkey }: Checked<'passkeys.remove'>,
): Promise<Answer<'passkeys.remove'>> {
  const removed = await store.security.removePasskey({ number, passkey })
  return removed.ok ? ok({}) : removed
}

export async function challengeLogIn(context: Context, visitor: Visitor): Promise<Answer<'passkeys.challenge'>> {
  const site = siteOf(context, visitor)
  if (!site.ok) return site
  const challenge = await giveChallenge(context, 'log in')
  if (!challenge.ok) return challenge
  return ok({
    challenge: challenge.value,
    rpId: site.value.rpId,
    timeout: patience,
    userVerification: 'required',
  })
}

export async function logInByPasskey(
  context: Context,
  visitor: Visitor,
  { credential, device }: Checked<'sessions.logInByPasskey'>,
): Promise<Answer<'sessions.logInByPasskey'>> {
  const { store, passkeys, clock } = context
  const expected = await expect(context, visitor, 'log in', credential)
  if (!expected.ok) return expected
  const passkey = await store.security.findPasskey(credential.id)
  const account = passkey && (await store.accounts.find(passkey.number))
  if (!passkey || !account?.password_hash) return refuse('passkey_refused')
  const read = await passkeys.readUse(credential, expected.value, passkey)
  if (!read) return refuse('passkey_refused')
  const used = await store.security.usePasskey({ passkey: passkey.passkey, counter: read.counter, at: clock.now() })
  if (!used.ok) return used
  return openSession(context, account, account.password_hash, { name: device, legacy: false })
}

type Site = Omit<Expected, 'challenge'>

/**
 * Passkeys are bound to a host name: that of the address in the settings, else `localhost`, whose pages only this
 * machine can serve to itself. Browsers know none for bare IP addresses.
 */
function siteOf({ policy }: Context, { origin = null }: Visitor): Result<Site, 'passkeys_unavailable'> {
  if (origin === null || !URL.canParse(origin)) return refuse('passkeys_unavailable')
  const { hostname } = new URL(origin)
  const isOurs = origin === policy.origin || hostname === 'localhost'
  const isName = !/^[\d.]+$|^\[/.test(hostname)
  return isOurs && isName ? ok({ origin, rpId: hostname }) : refuse('passkeys_unavailable')
}

const keyOf = (purpose: string, challenge: string) => `challenge ${purpose} ${challenge}`

/** A random value that a signature must be about. It is kept among the tallies: for all nodes, and for a while. */
async function giveChallenge({ store, clock, randomBytes }: Context, purpose: string): Promise<Result<string>> {
  const { secret } = makeSecret({ randomBytes })
  const now = clock.now()
  const tally = { failures: 0, until: 0, expires: now + patience }
  const given = await store.tallies.change([keyOf(purpose, secret)], now, () => ({ value: null, tallies: [tally] }))
  return given.ok ? ok(secret) : given
}

/** What a credential must say; its challenge is used up by it. */
async function expect(
  context: Context,
  visitor: Visitor,
  purpose: string,
  { response }: { readonly response: { readonly clientDataJSON: string } },
): Promise<Result<Expected>> {
  const { store, clock } = context
  const site = siteOf(context, visitor)
  if (!site.ok) return site
  const challenge = readChallenge(response.clientDataJSON)
  const taken = await store.tallies.change([keyOf(purpose, challenge)], clock.now(), ([tally = null]) => ({
    value: tally !== null,
    tallies: [null],
  }))
  if (!taken.ok) return taken
  return taken.value ? ok({ ...site.value, challenge }) : refuse('passkey_refused')
}

/** Empty where there is none. */
function readChallenge(clientDataJSON: string): string {
  try {
    const read: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    const { challenge } = Object(read) as { challenge?: unknown }
    return typeof challenge === 'string' && challenge.length <= 64 ? challenge : ''
  } catch {
    return ''
  }
}
