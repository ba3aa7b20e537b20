/** The page as an installed program: what it needs for that, and how a newer build takes its place. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { until } from '../harness.ts'
import { examine, launchBrowser, takePictures } from './browser.ts'
import { openChatScene, waitForServiceWorker } from './chat-scene.ts'
import { buildAgain, currentBuild, openGateway, type Gateway } from './gateway.ts'

let browser: Browser
let gateway: Gateway
beforeAll(async () => {
  ;[browser, gateway] = await Promise.all([launchBrowser(), openGateway()])
})
afterAll(async () => {
  await browser.close()
  await gateway.stop()
})

/** Says which build a window is of. */
const script = (page: Page) => page.locator('script[type=module]').getAttribute('src')

test('a newer build waits for a quiet moment, and the draft is there after it', async () => {
  const newer = buildAgain()
  const { person, other } = await openChatScene(browser, gateway.url, 'zh-CN')
  const { page, say } = person
  await waitForServiceWorker(person)
  const before = await script(page)
  await page.getByLabel(say('composer_label', { name: other.me.name })).fill('half a thought')
  const second = await person.context.newPage()
  await second.goto('/')
  await second.getByTestId('conversation').waitFor()

  gateway.serve(newer)
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  for (const one of [page, second]) await one.getByTestId('update-ready').waitFor()
  await takePictures(person, 'update-ready')
  expect(await examine(person)).toEqual([])
  // The old build goes on: a part of it that no server has any more still loads.
  expect(await script(page)).toBe(before)
  expect(await page.evaluate(async (src) => (await fetch(src ?? '')).status, before)).toBe(200)

  await page.getByRole('button', { name: say('update_reload') }).click()
  for (const one of [page, second]) await until(async () => (await script(one).catch(() => before)) !== before)
  await until(
    async () =>
      (await page.getByLabel(say('composer_label', { name: other.me.name })).inputValue()) === 'half a thought',
  )

  // And back, by itself: once nobody has touched any window for half a minute.
  gateway.serve(currentBuild)
  const { clock } = person.context
  await clock.install()
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  for (const one of [page, second]) await one.getByTestId('update-ready').waitFor()
  for (const one of [page, second]) await one.keyboard.press('Shift')
  await clock.fastForward(25_000)
  await page.keyboard.press('Shift')
  await clock.fastForward(15_000)
  await Bun.sleep(500)
  expect(await script(page)).not.toBe(before)
  await clock.fastForward(40_000)
  for (const one of [page, second]) await until(async () => (await script(one).catch(() => null)) === before)
  await until(
    async () =>
      (await page.getByLabel(say('composer_label', { name: other.me.name })).inputValue()) === 'half a thought',
  )
  expect(person.faults).toEqual([])
  await person.context.close()
}, 120_000)

test('the page can be installed', async () => {
  const { person } = await openChatScene(browser, gateway.url, 'en')
  const { page } = person
  const manifest = await page.locator('link[rel=manifest]').getAttribute('href')
  const answer = await fetch(new URL(manifest ?? '', gateway.url))
  expect(answer.headers.get('content-type')).toBe('application/manifest+json')
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  const { icons } = (await answer.json()) as { icons: { src: string; sizes: string; type: string }[] }
  for (const { src, sizes, type } of icons) {
    expect((await fetch(new URL(src, gateway.url))).headers.get('content-type')).toBe(type)
    const size = await page.evaluate(async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    expect(size).toBe(sizes)
  }
  const session = await person.context.newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A browser context of a test counts as a private one, from which nothing can be installed.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
}, 60_000)
