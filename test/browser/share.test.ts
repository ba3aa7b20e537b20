/** Windows that share one connection, in a real browser: its locks, channels and workers. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { until } from '../harness.ts'
import { launchBrowser } from './browser.ts'

let browser: Browser
let context: BrowserContext
let server: ReturnType<typeof Bun.serve>

beforeAll(async () => {
  const built = await Bun.build({ entrypoints: [join(import.meta.dir, 'share-page.ts')], target: 'browser' })
  const script = await built.outputs[0]?.text()
  const page = '<!doctype html><meta charset=utf-8><title>share</title><script type=module src=/share-page.js></script>'
  server = Bun.serve({
    port: 0,
    hostname: 'localhost',
    fetch: ({ url }) =>
      new URL(url).pathname === '/'
        ? new Response(page, { headers: { 'content-type': 'text/html' } })
        : new Response(script, { headers: { 'content-type': 'text/javascript' } }),
  })
  browser = await launchBrowser()
})

beforeEach(async () => {
  context = await browser.newContext()
})

afterEach(() => context.close())

afterAll(async () => {
  await browser.close()
  await server.stop(true)
})

async function open(search: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://localhost:${server.port}/?${search}`)
  await page.waitForFunction(() => globalThis.share?.connection() === 'online')
  return page
}

const readTexts = (page: Page) => page.evaluate(() => globalThis.share.texts())
const write = (page: Page, text: string) => page.evaluate((written) => globalThis.share.send(written), text)
const hosting = (page: Page) => page.evaluate(() => globalThis.share.hosting())
const shows = (page: Page, text: string) => until(async () => (await readTexts(page)).includes(text))

async function isDeaf(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((duration) => {
    const end = performance.now() + duration
    while (performance.now() < end);
  }, milliseconds)
}

test('the worker hosts for all windows, and outlives each of them', async () => {
  const one = await open('build=1&worker')
  const other = await open('build=1&worker')
  expect(await Promise.all([hosting(one), hosting(other)])).toEqual([0, 0])
  await write(one, 'from one')
  expect(await readTexts(one)).toEqual(['from one'])
  await shows(other, 'from one')
  await one.close()
  await write(other, 'from the other')
  const third = await open('build=1&worker')
  await shows(third, 'from the other')
  expect(await readTexts(third)).toEqual(['from one', 'from the other'])
  expect(await third.evaluate(() => globalThis.share.call())).toEqual({ ok: true, value: {} })
})

test('the worker of a newer build takes over from the older one', async () => {
  const old = await open('build=1&worker')
  const next = await open('build=2&worker')
  await until(() => old.evaluate(() => globalThis.share.newer() === 1))
  await write(old, 'from an old window')
  await shows(next, 'from an old window')
  expect(await Promise.all([hosting(old), hosting(next)])).toEqual([0, 0])
})

test('without workers one of the windows hosts, and another one when it is closed', async () => {
  const leader = await open('build=1')
  const guest = await open('build=1')
  expect(await Promise.all([hosting(leader), hosting(guest)])).toEqual([1, 0])
  await write(guest, 'one')
  await shows(leader, 'one')
  await leader.close()
  await until(async () => (await hosting(guest)) === 1)
  await write(guest, 'two')
  await shows(guest, 'two')
})

test('a window that hangs is deposed, and has closed its client when it goes on', async () => {
  const leader = await open('build=1')
  const guest = await open('build=1')
  const deaf = isDeaf(leader, 18_000)
  await write(guest, 'hello')
  await until(async () => (await hosting(guest)) === 1, 17_000)
  await deaf
  await until(async () => (await hosting(leader)) === 0)
  await shows(leader, 'hello')
  expect(await hosting(guest)).toBe(1)
})

test('a burst of 1,000 messages holds no frame of a guest up for 100 ms', async () => {
  const leader = await open('build=1')
  const guest = await open('build=1')
  await guest.evaluate(() => {
    const longest = { ms: 0 }
    let last = performance.now()
    const look = () => {
      const now = performance.now()
      longest.ms = Math.max(longest.ms, now - last)
      last = now
      document.title = String(longest.ms)
      setTimeout(look)
    }
    look()
  })
  await leader.evaluate(() => globalThis.share.burst(1_000))
  await until(async () => (await readTexts(guest)).length === 1_000)
  expect(Number(await guest.title())).toBeLessThan(100)
})
