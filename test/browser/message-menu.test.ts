/** The menu of a message: by keys alone, and by a finger that stays. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import {
  bubbleOf,
  enterBrowser,
  examine,
  examineBoth,
  openConversation,
  openPerson,
  takePictures,
  type Person,
} from './browser.ts'
import { makeGroup, sayIn, sitDown } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

test('the keyboard alone: to a message, its menu, an answer, and back', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const { page, say } = one
  const field = page.locator('textarea')
  for (const text of ['first', 'second']) {
    await field.fill(text)
    await field.press('Enter')
    await page.locator('[data-state=sent]').filter({ hasText: text }).waitFor()
  }
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-seq'))
  await until(async () => {
    await page.keyboard.press('Shift+Tab')
    return (await focused()) === '3'
  })
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('2')
  await page.keyboard.press('Shift+F10')
  const reply = page.getByTestId('message-menu').getByRole('menuitem', { name: say('message_reply') })
  await reply.waitFor()
  await takePictures(one, 'message-menu')
  expect(await examineBoth(one)).toEqual([])
  await until(async () => {
    await page.keyboard.press('ArrowDown')
    return reply.evaluate((element) => element === document.activeElement)
  })
  await page.keyboard.press('Enter')
  await page.getByTestId('composer-bar').getByText('first').waitFor()
  await until(async () => (await page.evaluate(() => document.activeElement?.tagName)) === 'TEXTAREA')
  await page.keyboard.type('answer')
  await page.keyboard.press('Enter')
  await page.getByTestId('quote').getByText('first').waitFor()
  expect(one.faults).toEqual([])
}, 120_000)

test('a menu that is asked for before it is there opens inside the chat when it comes', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner] = people
  await sayIn(url, owner, conversation, 'first')
  const one = await openPerson(stage.browser, url, 'en')
  const { page } = one
  const held = Promise.withResolvers<void>()
  await page.route('**/assets/chat-overlays-*.js', async (route) => {
    await held.promise
    await route.continue()
  })
  await enterBrowser(one, owner.me.name)
  await openConversation(one, conversation)
  await bubbleOf(one, 'first').click({ button: 'right' })
  held.resolve()
  const menu = page.getByTestId('message-menu')
  await menu.waitFor()
  expect(await menu.evaluate((element) => element.closest('main') !== null)).toBe(true)
})

test('on a touch screen a finger that stays opens the menu, one that moves does not', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner, two] = people
  await sayIn(url, two, conversation, 'press me')
  const one = await sitDown(stage.browser, url, owner, conversation, 'zh-CN')
  const { page, say } = one
  await page.setViewportSize({ width: 390, height: 844 })
  const bubble = bubbleOf(one, 'press me')
  const box = await bubble.boundingBox()
  const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }
  const menu = page.getByTestId('message-menu')
  const finger = await putFinger(one)

  await finger.down(at)
  await finger.move({ ...at, y: at.y + 30 })
  await Bun.sleep(600)
  expect(await menu.count()).toBe(0)
  await finger.up()
  await finger.down(at)
  await menu.waitFor()
  await finger.up()
  // What browsers make of a finger that was lifted comes within a third of a second.
  await Bun.sleep(500)
  expect(await menu.count()).toBe(1)
  await takePictures(one, 'message-menu-touch')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await examine(one)).toEqual([])
  await menu.getByRole('menuitem', { name: say('message_react_more') }).click()
  await page.getByRole('dialog').getByRole('button', { name: '🎂' }).click()
  await page.getByTestId('reactions').getByText('🎂').waitFor()

  // The end of the messages stays above what is written, however high that becomes.
  const field = page.locator('textarea')
  const height = await field.evaluate((element) => element.clientHeight)
  await sayIn(url, two, conversation, Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n'))
  await bubbleOf(one, 'line 59').waitFor()
  for (const text of ['', 'one\ntwo\nthree\nfour\nfive\nsix', 'one\ntwo\nthree\nfour\nfive\nsixth', 'x', '']) {
    await field.fill(text)
    await until(async () => (await hiddenBelow(one)) < 2)
  }
  expect(await field.evaluate((element) => element.clientHeight)).toBe(height)
  expect(one.faults).toEqual([])
}, 120_000)

/** How much of the messages' end is below what can be seen of them. */
function hiddenBelow({ page }: Person): Promise<number> {
  return page
    .getByTestId('messages')
    .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
}

/** Touches as a screen tells the browser of them: what follows from them is the browser's doing. */
async function putFinger({ page }: Person) {
  const session = await page.context().newCDPSession(page)
  const tell = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    down: (at: { x: number; y: number }) => tell('touchStart', [at]),
    move: (at: { x: number; y: number }) => tell('touchMove', [at]),
    up: () => tell('touchEnd', []),
  }
}
