/** What rules need of second factors and passkeys. ports.ts says what every store promises. */
import type { Checked, PasskeyRow } from '@rookery/protocol'
import type { Committed } from './committed-ports.ts'

export interface SecondFactor {
  readonly secret: Uint8Array
  /** The time step of the newest code that was used: no code of it, or of one before, is good again. */
  readonly step: number
  /** Recovery codes that are left. */
  readonly codes: number
}

export interface Passkey extends PasskeyRow {
  readonly number: number
  /** COSE key (RFC 9052). */
  readonly public_key: Uint8Array
  /** The greatest signature counter that was seen; 0 for authenticators that have none. */
  readonly counter: number
  readonly transports: readonly string[]
}

export interface SecurityStore {
  secondFactor(number: number): Promise<SecondFactor | null>
  /** Keeps the factor and hashes of recovery codes, and ends the account's legacy sessions; answers the ended ones. */
  enable(factor: {
    number: number
    secret: Uint8Array
    step: number
    codes: readonly Uint8Array[]
  }): Committed<{ ended: string[] }, 'second_factor_on'>
  /** Takes the factor away, with its recovery codes. */
  disable(number: number): Committed<null, 'not_found'>
  /** Notes that the code of a step was used: of two at once, or of an earlier step, it refuses. */
  useStep(use: { number: number; step: number }): Committed<null, 'wrong_code'>
  /** Uses a recovery code up. */
  useRecoveryCode(use: { number: number; hash: Uint8Array }): Committed<null, 'wrong_code'>
  /** These instead of those that there were. */
  replaceRecoveryCodes(codes: { number: number; codes: readonly Uint8Array[] }): Committed<null, 'not_found'>
  /** Oldest first. */
  passkeys(number: number): Promise<Passkey[]>
  findPasskey(passkey: string): Promise<Passkey | null>
  /** Refuses one that is there already, whosever it is, and one past `most` of this account. */
  addPasskey(add: { passkey: Passkey; most: number }): Committed<null, 'passkey_refused' | 'too_many_passkeys'>
  /** Notes a use. The counter must be greater than what it was, unless both are 0: else somebody has a copy. */
  usePasskey(use: { passkey: string; counter: number; at: number }): Committed<null, 'passkey_refused'>
  removePasskey(remove: { number: number; passkey: string }): Committed<null, 'not_found'>
  /** Answers how many there were. */
  removePasskeys(number: number): Committed<{ removed: number }>
}

/** What must be true of a credential besides its signature. */
export interface Expected {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
}

/** The signatures of WebAuthn. Null for whatever is wrong with a credential; who used it must have been verified. */
export interface Passkeys {
  readNew(
    credential: Checked<'passkeys.add'>['credential'],
    expected: Expected,
  ): Promise<Pick<Passkey, 'passkey' | 'public_key' | 'counter'> | null>
  /** Answers the new counter. */
  readUse(
    credential: Checked<'sessions.logInByPasskey'>['credential'],
    expected: Expected,
    passkey: Pick<Passkey, 'passkey' | 'public_key' | 'counter'>,
  ): Promise<{ counter: number } | null>
}
