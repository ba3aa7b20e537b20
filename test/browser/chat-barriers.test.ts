/** What keeps somebody from writing, and how it ends; a shake, once and again. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import { examineBoth, openChat, takePictures } from './browser.ts'
import { openChatScene } from './chat-scene.ts'
import { ask } from './circle.ts'
import { makeGroup, sitDown } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

test('[D10] silence, everybody’s silence and the end of a group close the composer, and open it again', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner, two] = people
  const other = await sitDown(stage.browser, url, two, conversation, 'zh-CN')
  const { page, say } = other
  const composer = page.locator('textarea')
  const barrier = page.getByTestId('not-writable')

  await ask(url, owner, 'groups.silence', { conversation, number: two.me.number, until: Date.now() + 3_600_000 })
  await barrier.getByText('你已被禁言').waitFor()
  expect(await composer.count()).toBe(0)
  await takePictures(other, 'silenced')
  expect(await examineBoth(other)).toEqual([])
  // It ends by itself.
  await ask(url, owner, 'groups.silence', { conversation, number: two.me.number, until: Date.now() + 2_000 })
  await composer.waitFor()

  await ask(url, owner, 'groups.configure', { conversation, silenced: true })
  await barrier.getByText(say('barrier_all_silenced')).waitFor()
  await ask(url, owner, 'groups.setRole', { conversation, number: two.me.number, role: 'admin' })
  await composer.waitFor()

  await ask(url, owner, 'groups.dissolve', { conversation })
  await page.getByText(say('chat_missing')).waitFor()
  expect(other.faults).toEqual([])
}, 120_000)

test('[D10] whoever is blocked is let write again from the chat', async () => {
  const { person, one, other, conversation } = await openChatScene(stage.browser, stage.server.url, 'en')
  const { page, say } = person
  await ask(stage.server.url, one, 'contacts.block', { number: other.me.number, blocked: true })
  await page.getByText(say('barrier_blocked', { name: other.me.name })).waitFor()
  await page.getByRole('button', { name: say('barrier_unblock') }).click()
  await page.locator('textarea').waitFor()
  expect(conversation).toBeGreaterThan(0)

  // The other way about nobody is told why.
  await ask(stage.server.url, other, 'contacts.block', { number: one.me.number, blocked: true })
  await page.getByText(say('barrier_not_now', { name: other.me.name })).waitFor()
  expect(await page.getByText(/block/i).count()).toBe(0)
  expect(person.faults).toEqual([])
}, 120_000)

test('a shake moves the other one’s chat, not at every press, and not where motion is unwelcome', async () => {
  const { person, one, other, conversation } = await openChatScene(stage.browser, stage.server.url, 'en')
  const { page, say } = person
  const friend = await sitDown(stage.browser, stage.server.url, other, conversation, 'zh-CN')
  const moved = friend.page.locator('[data-shaken]')
  const button = page.getByTestId('shake')
  await button.click()
  await friend.page.getByTestId('line').getByText(`${one.me.name} 发送了抖一抖`).waitFor()
  await page
    .getByTestId('line')
    .getByText(say('line_shake', { who: say('who_you') }))
    .waitFor()
  await moved.waitFor()
  expect(await button.isDisabled()).toBe(true)

  await friend.page.emulateMedia({ reducedMotion: 'reduce' })
  await openChat(friend, String(one.me.number))
  await friend.page.reload()
  await friend.page.getByTestId('line').waitFor()
  await until(() => button.isEnabled())
  await button.click()
  await until(async () => (await friend.page.getByTestId('line').count()) === 2)
  expect(await moved.count()).toBe(0)
  for (const each of [person, friend]) expect(each.faults).toEqual([])
}, 120_000)
