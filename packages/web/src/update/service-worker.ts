/** Keeps the page's files on this device, and looks for newer ones. */
import { trustedAddress } from '../session/trusted-address.ts'
import { isLeaving, updateReady } from './update.ts'

const lookEveryMs = 60 * 60_000
/** Somebody who switches windows often is not worth a request each time. */
const lookPauseMs = 60_000

/**
 * Call once. Does nothing where there are no service workers, and in the development server, which has no such file.
 * @param ready when its files no longer come before those of the first screen.
 */
export async function startServiceWorker(ready: Promise<void>): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  let controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The very first worker finds a page of its own build.
    if (controlled || isLeaving()) location.reload()
    controlled = true
  })
  await ready
  await register()
}

async function register(): Promise<void> {
  try {
    const options = { scope: '/', updateViaCache: 'none' } as const
    const registration = await navigator.serviceWorker.register(trustedAddress('service'), options)
    follow(registration)
    lookAgain(registration)
  } catch {
    // Without one the page needs the network to open, and works as well.
  }
}

function follow(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) updateReady()
  if (registration.installing) tellWhenInstalled(registration, registration.installing)
  registration.addEventListener('updatefound', () => {
    if (registration.installing) tellWhenInstalled(registration, registration.installing)
  })
}

function tellWhenInstalled(registration: ServiceWorkerRegistration, worker: ServiceWorker): void {
  worker.addEventListener('statechange', () => {
    if (worker.state === 'installed' && registration.active) updateReady()
  })
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let lookedAt = Date.now()
  function look() {
    lookedAt = Date.now()
    registration.update().catch(() => {})
  }
  setInterval(look, lookEveryMs)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - lookedAt > lookPauseMs) look()
  })
}
