/**
 * The service worker: holds every file of one build of the page, so that it opens without a network and goes on
 * working while a newer build waits. Nothing that people write passes through it: no other request is answered here.
 */

/** Put in by the build: every file with its digest, as `integrity` takes it, and a name for all of them together. */
declare const rookeryFiles: { readonly version: string; readonly digests: Readonly<Record<string, string>> }

/** What TypeScript's library for pages does not know of service workers. */
interface Waiter extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Waiter {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface ServiceWorkerScope {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', listener: (event: Waiter) => void): void
  addEventListener(name: 'message', listener: (event: MessageEvent<unknown>) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
const scope = self as unknown as ServiceWorkerScope

const prefix = 'rookery-files-'
const { version, digests } = rookeryFiles
const cacheName = prefix + version
const page = '/index.html'

scope.addEventListener('install', (event) => event.waitUntil(fetchAll()))
scope.addEventListener('activate', (event) => event.waitUntil(takeOver()))
scope.addEventListener('message', ({ data }) => {
  if (data === 'activate') void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const path = heldPath(event.request)
  if (path !== null) event.respondWith(answer(path, event.request))
})

async function fetchAll(): Promise<void> {
  const cache = await caches.open(cacheName)
  await Promise.all(Object.entries(digests).map(([path, integrity]) => put(cache, path, integrity)))
}

/** A name with a digest in it means the same file in every build: it is taken over from the build before. */
async function put(cache: Cache, path: string, integrity: string): Promise<void> {
  const known = path.startsWith('/assets/') ? await caches.match(path, { ignoreVary: true }) : undefined
  // A server that is just being updated may answer with files of two builds; then this fails, and is tried again later.
  await cache.put(path, known ?? (await fetchExactly(path, integrity)))
}

async function fetchExactly(path: string, integrity: string): Promise<Response> {
  const response = await fetch(path, { cache: 'no-cache', integrity })
  if (!response.ok) throw new TypeError(`${path}: ${response.status}`)
  return response
}

async function takeOver(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  )
  await scope.clients.claim()
}

/** The file that answers a request, or null for what only the network can. */
function heldPath(request: Request): string | null {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return null
  if (Object.hasOwn(digests, pathname)) return pathname
  return request.mode === 'navigate' && isScreen(pathname) ? page : null
}

/** Screens have addresses of their own; files have a dot in theirs, and a missing one is missing. */
function isScreen(path: string): boolean {
  return !/^\/(api|ws|metrics|healthz|assets)(\/|$)/.test(path) && !path.includes('.')
}

/** A browser short of space may have dropped the files. */
async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request)
}
