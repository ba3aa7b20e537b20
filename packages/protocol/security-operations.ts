/** The second factor and passkeys: what can be asked about proving who one is. */
import { z } from 'zod'
import { device, login } from './account-operations.ts'
import * as field from './fields.ts'
import { empty, operation } from './operation.ts'
import { passkeyRow } from './session-rows.ts'

/** One's own password, typed again: a device left open must not give the account away. */
const proof = { password: field.typedPassword }
const refusedProof = ['wrong_password', 'too_many_requests', 'unavailable'] as const
const recoveryCodes = z.object({
  /** Shown once: the server keeps their hashes only. */
  recovery_codes: z.array(z.string()),
})

const credential = { id: field.passkeyId, rawId: field.passkeyId, type: z.literal('public-key') }
const transports = z.array(z.string().max(32)).max(8)
const described = z.object({ id: z.string(), type: z.literal('public-key'), transports })

export const securityOperations = {
  'security.read': operation({
    summary: 'Whether there is a second factor, how many recovery codes are left, and the passkeys.',
    who: 'user',
    input: empty,
    output: () =>
      z.object({
        second_factor: z.boolean(),
        recovery_codes: z.int().nonnegative(),
        passkeys: z.array(passkeyRow()),
      }),
    errors: [],
  }),
  'security.draft': operation({
    summary: 'A secret for an authenticator app. Nothing is kept of it until `security.enable` brings it back.',
    who: 'user',
    input: empty,
    output: () => z.object({ secret: field.totpSecret, url: z.string() }),
    errors: [],
  }),
  'security.enable': operation({
    summary: 'Switch the second factor on, by a first code of the app. Old clients are signed out: they know no codes.',
    who: 'user',
    input: z.strictObject({ ...proof, secret: field.totpSecret, code: field.code }),
    output: () => recoveryCodes,
    errors: [...refusedProof, 'wrong_code', 'second_factor_on'],
  }),
  'security.disable': operation({
    summary: 'Switch the second factor off, by a code of it.',
    who: 'user',
    input: z.strictObject({ ...proof, code: field.code }),
    output: () => empty,
    errors: [...refusedProof, 'wrong_code', 'not_found'],
  }),
  'security.renewCodes': operation({
    summary: 'Make ten new recovery codes, by a code of the app. The ones before are worth nothing any more.',
    who: 'user',
    input: z.strictObject({ ...proof, code: field.code }),
    output: () => recoveryCodes,
    errors: [...refusedProof, 'wrong_code', 'not_found'],
  }),
  'security.reset': operation({
    summary: "Take away somebody's second factor, and with `passkeys` these too, who has lost them.",
    who: 'admin',
    input: z.strictObject({ number: field.number, passkeys: z.boolean().default(false) }),
    output: () => z.object({ second_factor: z.boolean(), passkeys: z.int().nonnegative() }),
    errors: ['not_found'],
  }),
  'passkeys.begin': operation({
    summary: 'What a browser needs to make a passkey (WebAuthn, PublicKeyCredentialCreationOptionsJSON).',
    who: 'user',
    input: z.strictObject(proof),
    output: () =>
      z.object({
        rp: z.object({ id: z.string(), name: z.string() }),
        user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
        challenge: z.string(),
        pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
        timeout: z.int(),
        attestation: z.literal('none'),
        excludeCredentials: z.array(described),
        authenticatorSelection: z.object({
          residentKey: z.literal('required'),
          requireResidentKey: z.literal(true),
          userVerification: z.literal('required'),
        }),
      }),
    errors: [...refusedProof, 'passkeys_unavailable', 'too_many_passkeys'],
  }),
  'passkeys.add': operation({
    summary: 'Keep the passkey that the browser made.',
    who: 'user',
    input: z.strictObject({
      name: field.passkeyName,
      credential: z.object({
        ...credential,
        response: z.object({
          clientDataJSON: field.bytes(4_000),
          attestationObject: field.bytes(16_000),
          transports: transports.optional(),
        }),
      }),
    }),
    output: passkeyRow,
    errors: ['passkey_refused', 'passkeys_unavailable', 'too_many_passkeys', 'unavailable'],
  }),
  'passkeys.remove': operation({
    summary: 'Forget a passkey. It opens nothing any more.',
    who: 'user',
    input: z.strictObject({ passkey: field.passkeyId }),
    output: () => empty,
    errors: ['not_found'],
  }),
  'passkeys.challenge': operation({
    summary: 'What a browser needs to log in by a passkey (WebAuthn, PublicKeyCredentialRequestOptionsJSON).',
    who: 'anyone',
    input: empty,
    output: () =>
      z.object({
        challenge: z.string(),
        rpId: z.string(),
        timeout: z.int(),
        userVerification: z.literal('required'),
      }),
    errors: ['passkeys_unavailable', 'unavailable'],
  }),
  'sessions.logInByPasskey': operation({
    summary: 'Log in by a passkey, which counts as both factors.',
    who: 'anyone',
    input: z.strictObject({
      credential: z.object({
        ...credential,
        response: z.object({
          clientDataJSON: field.bytes(2_000),
          authenticatorData: field.bytes(1_000),
          signature: field.bytes(1_000),
        }),
      }),
      device,
    }),
    output: () => login,
    errors: ['passkey_refused', 'passkeys_unavailable', 'unavailable'],
    session: 'opens',
  }),
}
