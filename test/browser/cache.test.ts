/** A browser's own IndexedDB under the cache: what a stand-in cannot show. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type JSHandle, type Page } from 'playwright-core'
import type * as rowsModule from '../../packages/client/cache/contract/rows.ts'
import type * as indexedDbModule from '../../packages/client/cache/indexed-db.ts'
import { choosePort, makeFolder } from '../harness.ts'
import { launchBrowser } from './browser.ts'

type Modules = typeof indexedDbModule & typeof rowsModule

const number = 10_001
const name = `rookery-${number}`
const folder = join(import.meta.dir, '../../packages/client/cache')

let browser: Browser
let server: Bun.Server<undefined>
beforeAll(async () => {
  const entrypoints = [join(folder, 'indexed-db.ts'), join(folder, 'contract/rows.ts')]
  const built = await Bun.build({ entrypoints, target: 'browser', format: 'esm', naming: '[name].js' })
  const files = new Map(built.outputs.map((output) => [output.path.replace(/^\./, ''), output]))
  server = Bun.serve({
    hostname: '127.0.0.1',
    port: choosePort(),
    fetch(request) {
      const file = files.get(new URL(request.url).pathname)
      if (file) return new Response(file, { headers: { 'content-type': 'text/javascript' } })
      const headers = { 'content-type': 'text/html', 'content-security-policy': `script-src 'self'` }
      return new Response('<!doctype html><title>cache</title>', { headers })
    },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop(true)
})

const contexts: BrowserContext[] = []
const faults: string[] = []
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
  // A promise whose rejection nobody hears is a fault of the page.
  expect(faults.splice(0)).toEqual([])
})

/** A browser with a disk of its own, which another run finds; the other contexts keep everything in memory. */
async function openRun(profile: string): Promise<BrowserContext> {
  const settings = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], timeout: 30_000 }
  const context = await chromium.launchPersistentContext(profile, { ...settings, baseURL: server.url.href })
  context.setDefaultTimeout(15_000)
  contexts.push(context)
  return context
}

interface Tab {
  readonly page: Page
  readonly modules: JSHandle<Modules>
}

async function openContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url.href })
  context.setDefaultTimeout(15_000)
  contexts.push(context)
  return context
}

async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto('/')
  const paths = ['/indexed-db.js', '/rows.js']
  const modules = await page.evaluateHandle(async (all) => {
    const loaded = await Promise.all(all.map((path) => import(path) as Promise<object>))
    return Object.assign({}, ...loaded) as Modules
  }, paths)
  return { page, modules }
}

/** Runs in the tab. */
function inTab<Result>({ modules }: Tab, act: (modules: Modules) => Promise<Result>): Promise<Result> {
  return modules.evaluate(act)
}

/** 500 conversations, and 100,000 messages of one that has a hole. */
async function fill(modules: Modules): Promise<number> {
  const { makeContact, makeConversation, makeDevice, makePending, makeRow, makeRows, openIndexedDbCache } = modules
  const cache = await openIndexedDbCache(10_001)
  const peers = Array.from({ length: 500 }, (_, index) => 10_002 + index)
  const messages = [...makeRows(1, 1, 50_000), ...makeRows(1, 50_002, 100_001)]
  const began = performance.now()
  await cache.save({
    device: makeDevice(9),
    contacts: peers.map((peer) => makeContact(peer)),
    conversations: peers.map((peer) => makeConversation(peer - 10_001, { peer, newest: makeRow(peer - 10_001, 7) })),
    messages,
    pending: [makePending('b'), makePending('a')],
  })
  return Math.round(performance.now() - began)
}

test('100,000 messages are saved at once, and the next run finds them, down to the hole', async () => {
  const profile = makeFolder()
  const run = await openRun(profile)
  const saved = await inTab(await openTab(run), fill)
  await run.close()
  const second = await openTab(await openRun(profile))
  const found = await inTab(second, async ({ openIndexedDbCache, makeRows, ids, seqs }) => {
    const times = [performance.now()]
    const cache = await openIndexedDbCache(10_001)
    times.push(performance.now())
    const { device, conversations, contacts, pending } = await cache.load()
    times.push(performance.now())
    const page = await cache.page(1, 100_002, 50)
    times.push(performance.now())
    const all = await cache.page(1, 100_002, 200_000)
    times.push(performance.now())
    // The same again: every block is read, merged and written.
    await cache.save({ messages: makeRows(1, 1, 100_001) })
    times.push(performance.now())
    const joined = await cache.page(1, 100_002, 200_000)
    return {
      times: times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) * 10) / 10),
      counts: [device?.rev, conversations.length, contacts.length, page.length, all.length, joined.length],
      ids: ids(pending),
      ends: [seqs(page)[0], seqs(page).at(-1), seqs(all)[0], seqs(joined)[0]],
      same: JSON.stringify(page) === JSON.stringify(makeRows(1, 99_952, 100_001)),
    }
  })
  const [open, load, page, all, again] = found.times
  console.log(
    `Saved 100,000 messages in ${saved} ms, again in ${again} ms. Opened in ${open} ms, 500 conversations loaded`,
  )
  console.log(`in ${load} ms, a page of 50 in ${page} ms, one of 50,000 in ${all} ms.`)
  expect(found).toMatchObject({
    counts: [9, 500, 500, 50, 50_000, 100_001],
    ids: ['b', 'a'],
    ends: [99_952, 100_001, 50_002, 1],
    same: true,
  })
})

test('files that were scribbled over cost the copy, not the cache', async () => {
  const profile = makeFolder()
  const run = await openRun(profile)
  await inTab(await openTab(run), fill)
  await run.close()
  const databases = join(profile, 'Default/IndexedDB')
  const files = [...new Bun.Glob('*.leveldb/*').scanSync(databases)].filter((file) => !file.endsWith('LOCK'))
  expect(files).not.toEqual([])
  for (const file of files) writeFileSync(join(databases, file), 'scribble '.repeat(1000))
  const found = await inTab(await openTab(await openRun(profile)), async ({ openIndexedDbCache, makeDevice }) => {
    const cache = await openIndexedDbCache(10_001)
    const { device } = await cache.load()
    await cache.save({ device: makeDevice(1) })
    return [device, (await cache.load()).device?.rev]
  })
  expect(found).toEqual([null, 1])
})

test('where there is no room a save rejects, and nothing of it is kept', async () => {
  const context = await openContext()
  const tab = await openTab(context)
  const devtools = await context.newCDPSession(tab.page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url.origin, quotaSize: 1_000_000 })
  await inTab(tab, async ({ openIndexedDbCache, makeDevice, makeRows, makePending }) => {
    const cache = await openIndexedDbCache(10_001)
    await cache.save({ device: makeDevice(1), messages: makeRows(1, 1, 100), pending: [makePending('a')] })
    cache.close()
  })
  const full = await inTab(tab, async ({ openIndexedDbCache, makeDevice, makeRows, seqs }) => {
    const cache = await openIndexedDbCache(10_001)
    const change = { device: makeDevice(2), settled: ['a'], messages: makeRows(1, 101, 100_000) }
    const error = await cache.save(change).then(() => null, String)
    const { device, pending } = await cache.load()
    return {
      error,
      rev: device?.rev,
      pending: pending.length,
      last: seqs(await cache.page(1, 101, 50)).at(-1),
      above: (await cache.page(1, 102, 50)).length,
    }
  })
  expect(full).toEqual({ error: expect.stringContaining('Quota'), rev: 1, pending: 1, last: 100, above: 0 })
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url.origin })
  const room = await inTab(tab, async ({ openIndexedDbCache, makeRows }) => {
    const cache = await openIndexedDbCache(10_001)
    await cache.save({ messages: makeRows(1, 101, 100_000) })
    return (await cache.page(1, 100_001, 100_000)).length
  })
  expect(room).toBe(100_000)
})

test('another layout and a torn record are right again by themselves, and pending messages outlive both', async () => {
  const context = await openContext()
  const tab = await openTab(context)
  await inTab(tab, fill)
  const torn = await inTab(await openTab(context), async ({ openIndexedDbCache, ids }) => {
    const request = indexedDB.open('rookery-10001')
    await new Promise((resolve) => (request.onsuccess = resolve))
    const transaction = request.result.transaction(['device', 'messages'], 'readwrite')
    transaction.objectStore('messages').put('no rows', [1, 1])
    const pageAt = async (before: number) => (await (await openIndexedDbCache(10_001)).page(1, before, 50)).length
    const pages = [await pageAt(128), await pageAt(64), await pageAt(150)]
    request.result.transaction('device', 'readwrite').objectStore('device').clear()
    const cache = await openIndexedDbCache(10_001)
    const { device, conversations, pending } = await cache.load()
    request.result.close()
    return { pages, device, conversations, pending: ids(pending), page: await cache.page(1, 50, 50) }
  })
  expect(torn).toEqual({ pages: [0, 50, 22], device: null, conversations: [], pending: ['b', 'a'], page: [] })

  const other = await inTab(await openTab(context), async ({ openIndexedDbCache, makeDevice, ids }) => {
    const request = indexedDB.open('rookery-10001', 700)
    request.onupgradeneeded = () => {
      request.result.deleteObjectStore('messages')
      request.result.createObjectStore('layout 700')
    }
    // The tabs that have it open do not stand in the way.
    await new Promise((resolve, reject) => Object.assign(request, { onsuccess: resolve, onblocked: reject }))
    request.result.close()
    const cache = await openIndexedDbCache(10_001)
    const found = await cache.load()
    await cache.save({ device: makeDevice(3) })
    return { device: found.device, pending: ids(found.pending), rev: (await cache.load()).device?.rev }
  })
  expect(other).toEqual({ device: null, pending: ['b', 'a'], rev: 3 })
})

test('once the browser, or another tab, deletes the database, saves reject and reads find nothing', async () => {
  for (const how of ['browser', 'tab'] as const) {
    const context = await openContext()
    const tab = await openTab(context)
    await inTab(tab, fill)
    const cache = await tab.modules.evaluateHandle(({ openIndexedDbCache }) => openIndexedDbCache(10_001))
    if (how === 'tab')
      await inTab(await openTab(context), async ({ openIndexedDbCache }) =>
        (await openIndexedDbCache(10_001)).destroy(),
      )
    else {
      const devtools = await context.newCDPSession(tab.page)
      await devtools.send('Storage.clearDataForOrigin', { origin: server.url.origin, storageTypes: 'indexeddb' })
    }
    const gone = await cache.evaluate(async (held) => ({
      saved: await held.save({ settled: ['a'] }).then(
        () => 'saved',
        () => 'rejected',
      ),
      loaded: await held.load(),
      page: await held.page(1, 100_002, 50),
    }))
    const nothing = { device: null, contacts: [], requests: [], people: [], conversations: [], pending: [] }
    expect(gone).toEqual({ saved: 'rejected', loaded: nothing, page: [] })
    expect(await tab.page.evaluate(() => indexedDB.databases())).toEqual([])
    const next = await inTab(tab, async ({ openIndexedDbCache }) => (await openIndexedDbCache(10_001)).load())
    expect(next).toEqual(nothing)
    expect(await tab.page.evaluate(() => indexedDB.databases())).toMatchObject([{ name }])
  }
})
