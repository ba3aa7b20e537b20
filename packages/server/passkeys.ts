/** What a passkey's signatures must be (WebAuthn), by @simplewebauthn/server. */
import type { Passkeys } from './core/security-ports.ts'

/** Loaded when the first passkey is shown: it takes a quarter of a second, and most installations never need it. */
const load = () => import('@simplewebauthn/server')

export function createPasskeys(): Passkeys {
  return {
    async readNew(credential, { challenge, origin, rpId }) {
      const { verifyRegistrationResponse } = await load()
      return orNull(async () => {
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: {
            ...credential,
            response: { ...withoutTransports(credential.response) },
            clientExtensionResults: {},
          },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          requireUserVerification: true,
        })
        if (!verified) return null
        const { id, publicKey, counter } = registrationInfo.credential
        return { passkey: id, public_key: publicKey, counter }
      })
    },
    async readUse(credential, { challenge, origin, rpId }, { passkey, public_key, counter }) {
      const { verifyAuthenticationResponse } = await load()
      return orNull(async () => {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: { ...credential, clientExtensionResults: {} },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          credential: { id: passkey, publicKey: new Uint8Array(public_key), counter },
          requireUserVerification: true,
        })
        return verified ? { counter: authenticationInfo.newCounter } : null
      })
    },
  }
}

/** Only hints for the browser, and not signed. */
function withoutTransports({
  clientDataJSON,
  attestationObject,
}: {
  clientDataJSON: string
  attestationObject: string
}) {
  return { clientDataJSON, attestationObject }
}

/** The library throws for whatever is wrong with what somebody sent. */
async function orNull<Value>(read: () => Promise<Value | null>): Promise<Value | null> {
  try {
    return await read()
  } catch {
    return null
  }
}
