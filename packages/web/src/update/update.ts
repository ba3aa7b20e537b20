/** Whether a newer build of this page is ready, and the way to it. Until then this one goes on working. */
import { createStore } from '../ui/store.ts'

export type Update = 'none' | 'ready'

const update = createStore<Update>('none')

export const updateState = update.state
export const subscribeUpdate = update.subscribe

/** The build from which this window last reloaded itself: a stale cache must not make it do so for ever. */
const reloadedKey = 'rookery.reloaded'

let leaving = false

/** Whether this window has asked the new service worker to take over. */
export function isLeaving(): boolean {
  return leaving
}

export function updateReady(): void {
  update.set('ready')
}

/** Another window runs a newer build. Where a service worker serves this page, it must have fetched that build first. */
export async function newerBuildSeen(): Promise<void> {
  const registration = await findRegistration()
  await registration?.update().catch(() => {})
  // Else `service-worker.ts` says so when it is fetched.
  if (!registration?.installing) updateReady()
}

/**
 * With a new service worker waiting, all windows go together: each reloads when that takes over. The one being
 * replaced has held every file of this build until then.
 */
export async function reloadPage(who: 'person' | 'itself'): Promise<void> {
  const waiting = (await findRegistration())?.waiting
  if (waiting) {
    leaving = true
    waiting.postMessage('activate')
  } else if (who === 'person' || sessionStorage.getItem(reloadedKey) !== String(rookeryBuild)) {
    sessionStorage.setItem(reloadedKey, String(rookeryBuild))
    location.reload()
  }
}

/** Plain HTTP has no service workers, and neither have some private windows. */
async function findRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined
}
