/** The one Trusted Types policy of this page: only its own two workers may be started. */
// oxlint-disable-next-line import/default -- the build gives the address of the worker's bundle
import hostWorker from './host-worker.ts?sharedworker&url'

/** The service worker's has no digest in it: browsers look there for a newer one. */
const addresses = { host: hostWorker, service: '/sw.js' } as const

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): unknown
  }
}

const own = new Set<string>(Object.values(addresses))

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }

const policy = trustedTypes?.createPolicy('rookery', {
  createScriptURL(address) {
    if (!own.has(address)) throw new TypeError(`${address} is no worker of this page.`)
    return address
  },
})

/** What `new SharedWorker` and `register` take; TypeScript calls it a string, browsers a `TrustedScriptURL`. */
export function trustedAddress(which: keyof typeof addresses): string {
  return (policy?.createScriptURL(addresses[which]) ?? addresses[which]) as string
}
