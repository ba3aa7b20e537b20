/** Handing messages on: several chosen ones, one by one or as one, to several chats. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import {
  bubbleOf,
  chooseFor,
  examineBoth,
  messagesOf,
  openChat,
  openConversation,
  readTexts,
  takePictures,
} from './browser.ts'
import { makeGroup, sayIn, sitDown } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

test('[D2] [D9] chosen messages go on as one card or one by one, in order, to each chosen chat', async () => {
  const { url } = stage.server
  const { people, conversation, name } = await makeGroup(url)
  const [owner, two, three] = people
  await sayIn(url, two, conversation, 'first words')
  await sayIn(url, three, conversation, '第二句 <img src=x onerror=alert(1)>')
  await sayIn(url, two, conversation, 'third words')
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const { page, say } = one
  const bar = page.getByTestId('selection-bar')

  await chooseFor(one, 'first words', 'message_select')
  await bar.getByText(say('select_count', { count: 1 })).waitFor()
  await messagesOf(one).filter({ hasText: '第二句' }).click()
  await messagesOf(one).filter({ hasText: 'third words' }).click()
  await messagesOf(one).filter({ hasText: 'third words' }).click()
  await bar.getByText(say('select_count', { count: 2 })).waitFor()
  await takePictures(one, 'selecting')
  expect(await examineBoth(one)).toEqual([])

  // As one, to both.
  await bar.getByRole('button', { name: say('forward_merged') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('first words').waitFor()
  await dialog.getByLabel(say('forward_search')).fill('nobody at all')
  await dialog.getByText(say('search_none')).waitFor()
  await dialog.getByLabel(say('forward_search')).fill('')
  await dialog.getByLabel(two.me.name).check()
  await dialog.getByLabel(three.me.name).check()
  await takePictures(one, 'forward')
  expect(await examineBoth(one)).toEqual([])
  await dialog.getByRole('button', { name: say('forward_send', { count: 2 }) }).click()
  await page
    .getByTestId('toast')
    .getByText(say('forward_done', { count: 2 }))
    .waitFor()
  await bar.waitFor({ state: 'detached' })

  // One by one, to one of them; Escape ends choosing.
  await chooseFor(one, 'first words', 'message_select')
  await messagesOf(one).filter({ hasText: 'third words' }).click()
  await bar.getByRole('button', { name: say('forward_each') }).click()
  await dialog.getByLabel(two.me.name).check()
  await dialog.getByRole('button', { name: say('forward_send', { count: 1 }) }).click()
  await dialog.waitFor({ state: 'detached' })
  await chooseFor(one, 'first words', 'message_select')
  await page.keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })

  // What came of it, at another stage.browser.
  const other = await sitDown(stage.browser, url, two, conversation, 'zh-CN')
  await openChat(other, String(owner.me.number))
  await until(async () => (await readTexts(other)).length === 2)
  expect(await readTexts(other)).toEqual(['first words', 'third words'])
  await bubbleOf(other, 'third words')
    .getByText(other.say('message_forwarded', { name: two.me.name }))
    .waitFor()
  await other.page.getByTestId('merged').click()
  const items = other.page.getByTestId('merged-items').getByRole('listitem')
  expect(await items.count()).toBe(2)
  expect(await items.nth(0).innerText()).toContain('first words')
  expect(await items.nth(1).innerText()).toContain('<img src=x onerror=alert(1)>')
  await takePictures(other, 'merged')
  expect(await examineBoth(other)).toEqual([])
  await other.page.keyboard.press('Escape')

  // A card goes on too; and the group itself is a place to send to.
  await other.page.getByTestId('merged').click({ button: 'right' })
  await other.page.getByRole('menuitem', { name: other.say('message_forward'), exact: true }).click()
  await other.page.getByRole('dialog').getByLabel(name).check()
  await other.page.getByRole('button', { name: other.say('forward_send', { count: 1 }) }).click()
  await openConversation(other, conversation)
  await page.getByTestId('merged').waitFor()
  for (const person of [one, other]) expect(person.faults).toEqual([])
}, 180_000)
