/** The browser's side of passkeys (WebAuthn), by @simplewebauthn/browser: loaded when the first is made or used. */
import type { Input, Output } from '@rookery/protocol'

const load = () => import('@simplewebauthn/browser')

/** What a browser says about passkeys at this address. `name`: they need a host name, and this is one that works. */
export type Support = { readonly kind: 'yes' | 'no' } | { readonly kind: 'name'; readonly address: string }

export function passkeySupport({ hostname, port, protocol }: Location): Support {
  if (/^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname))
    return { kind: 'name', address: `${protocol}//localhost${port && `:${port}`}` }
  const isName = !/^[\d.]+$|^\[/.test(hostname)
  return { kind: isName && isSecureContext && 'PublicKeyCredential' in globalThis ? 'yes' : 'no' }
}

type Made = Input<'passkeys.add'>['credential']
type Used = Input<'sessions.logInByPasskey'>['credential']
/** Why there is none: the person did not go on, or this device has one already. */
export type Unmade = 'cancelled' | 'known'

export async function makePasskey(options: Output<'passkeys.begin'>): Promise<Made | Unmade> {
  const { startRegistration } = await load()
  try {
    const { id, rawId, response } = await startRegistration({ optionsJSON: options })
    const { clientDataJSON, attestationObject, transports = [] } = response
    return {
      id,
      rawId,
      type: 'public-key',
      response: { clientDataJSON, attestationObject, transports: [...transports] },
    }
  } catch (error) {
    return error instanceof Error && error.name === 'InvalidStateError' ? 'known' : 'cancelled'
  }
}

export async function usePasskey(options: Output<'passkeys.challenge'>): Promise<Used | 'cancelled'> {
  const { startAuthentication } = await load()
  try {
    const { id, rawId, response } = await startAuthentication({ optionsJSON: options })
    const { clientDataJSON, authenticatorData, signature } = response
    return { id, rawId, type: 'public-key', response: { clientDataJSON, authenticatorData, signature } }
  } catch {
    return 'cancelled'
  }
}
