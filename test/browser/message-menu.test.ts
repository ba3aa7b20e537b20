/** The menu of a message: by keys alone, and by a finger that stays. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import { bubbleOf, examine, examineBoth, takePictures } from './browser.ts'
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
  const at = { pointerType: 'touch', bubbles: true, clientX: (box?.x ?? 0) + 20, clientY: (box?.y ?? 0) + 10 }
  const menu = page.getByTestId('message-menu')

  await bubble.dispatchEvent('pointerdown', at)
  await bubble.dispatchEvent('pointermove', { ...at, clientY: at.clientY + 30 })
  await Bun.sleep(600)
  expect(await menu.count()).toBe(0)
  await bubble.dispatchEvent('pointerdown', at)
  await menu.waitFor()
  await bubble.dispatchEvent('pointerup', at)
  await takePictures(one, 'message-menu-touch')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await examine(one)).toEqual([])
  await menu.getByRole('menuitem', { name: say('message_react_more') }).click()
  await page.getByRole('dialog').getByRole('button', { name: '🎂' }).click()
  await page.getByTestId('reactions').getByText('🎂').waitFor()
  expect(one.faults).toEqual([])
}, 120_000)
