/** Talking in a group: names, events, answers, reactions, mentions, who has read; two at browsers. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import { bubbleOf, chooseFor, examineBoth, messagesOf, openSection, takePictures, write } from './browser.ts'
import { ask } from './circle.ts'
import { makeGroup, sayIn, sitDown } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

test('names, roles and what happened are told to each in their language', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner, two, three] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const other = await sitDown(stage.browser, url, two, conversation, 'zh-CN')
  await ask(url, owner, 'groups.setRole', { conversation, number: two.me.number, role: 'admin' })
  await sayIn(url, two, conversation, '大家好')
  await sayIn(url, owner, conversation, 'hello <b>all</b>')
  await ask(url, owner, 'groups.configure', { conversation, name: 'renamed' })
  await ask(url, owner, 'groups.configure', { conversation, notice: 'be kind' })
  await ask(url, owner, 'groups.silence', { conversation, number: three.me.number, until: Date.now() + 3_600_000 })

  await one.page.getByTestId('line').getByText(`You muted ${three.me.name}`).waitFor()
  await other.page.getByTestId('line').getByText(`${owner.me.name} 将 ${three.me.name} 禁言`).waitFor()
  const lines = await one.page.getByTestId('line').allInnerTexts()
  expect(lines.map((text) => text.trim())).toEqual([
    `You created the group with ${two.me.name} and ${three.me.name}`,
    `You made ${two.me.name} an admin`,
    'You renamed the group to “renamed”',
    'You set the notice: be kind',
    `You muted ${three.me.name}`,
  ])
  expect(await other.page.getByTestId('line').nth(1).innerText()).toBe(`${owner.me.name} 将你设为管理员`)
  expect(await one.page.getByRole('heading', { level: 1 }).innerText()).toBe('renamed')
  const sender = one.page.getByTestId('sender')
  expect(await sender.innerText()).toContain(two.me.name)
  await one.page.reload()
  await sender.getByText(one.say('group_role_admin')).waitFor()
  await other.page.getByTestId('sender').getByText(other.say('group_role_owner')).waitFor()
  expect(await other.page.locator('[data-testid=message] b').count()).toBe(0)
  await takePictures(one, 'group-events')
  for (const person of [one, other]) expect(person.faults).toEqual([])
}, 120_000)

test('[D9] [D11] answers jump to what they answer, edits and recalls reach the other side, reactions are shared', async () => {
  const { url } = stage.server
  const { people, conversation, name } = await makeGroup(url)
  const [owner, two] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const other = await sitDown(stage.browser, url, two, conversation, 'zh-CN')
  await write(one, name, 'the first')
  await bubbleOf(other, 'the first').waitFor()

  // An answer; its quote leads back.
  await chooseFor(other, 'the first', 'message_reply')
  await other.page.getByTestId('composer-bar').waitFor()
  await write(other, name, '回答')
  await bubbleOf(one, '回答').getByTestId('quote').click()
  await until(async () => (await one.page.locator('[data-seq="2"]').getAttribute('class'))?.includes('flash') ?? false)

  // A reaction of each, and whose they are.
  await bubbleOf(one, '回答').click({ button: 'right' })
  await one.page.getByRole('menuitem', { name: one.say('message_react_with', { emoji: '👍' }) }).click()
  const chip = other.page.getByTestId('reactions').getByRole('button')
  await until(async () => (await chip.innerText()).replaceAll(/\s/g, '') === '👍1')
  expect(await chip.getAttribute('aria-pressed')).toBe('false')
  await chip.click()
  await until(async () => (await chip.innerText()).replaceAll(/\s/g, '') === '👍2')
  expect(await chip.getAttribute('aria-pressed')).toBe('true')
  await chip.hover()
  await other.page.getByTestId('who-reacted').getByText(owner.me.name).waitFor()
  await chip.click()
  await until(async () => (await chip.innerText()).replaceAll(/\s/g, '') === '👍1')

  // An edit, by the arrow key; Escape leaves the text as it was.
  const field = one.page.locator('textarea')
  await field.press('ArrowUp')
  expect(await field.inputValue()).toBe('the first')
  await one.page.getByText(one.say('composer_save_hint_enter')).waitFor()
  await field.press('Escape')
  expect(await field.inputValue()).toBe('')
  await field.press('ArrowUp')
  await field.fill('the first, mended')
  await field.press('Enter')
  await other.page.locator('[data-seq="2"]').getByTestId('edited').waitFor()
  expect(await bubbleOf(other, '回答').getByTestId('quote').innerText()).toContain('mended')

  // A recall: nothing of it stays on the other side, and its author may write it anew.
  await one.page.locator('[data-seq="2"] [data-body]').click({ button: 'right' })
  await one.page.getByRole('menuitem', { name: one.say('message_recall') }).click()
  await other.page.getByTestId('line').getByText(`${owner.me.name} 撤回了一条消息`).waitFor()
  await other.page.getByText(other.say('quote_recalled')).waitFor()
  expect(await other.page.getByText('mended').count()).toBe(0)
  await one.page.getByRole('button', { name: one.say('line_write_again') }).click()
  expect(await field.inputValue()).toBe('the first, mended')
  for (const person of [one, other]) expect(person.faults).toEqual([])
}, 120_000)

test('[D8] an @ offers the members, marks who is called out in their list, and a small group tells who has read', async () => {
  const { url } = stage.server
  const { people, conversation, name } = await makeGroup(url)
  const [owner, two, three] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const other = await sitDown(stage.browser, url, two, conversation, 'zh-CN')
  await openSection(other, 'nav_contacts')

  const field = one.page.getByLabel(one.say('composer_label', { name }))
  await field.pressSequentially('look @二')
  await one.page.getByRole('option', { name: two.me.name }).waitFor()
  expect(await one.page.getByRole('option').count()).toBe(1)
  await takePictures(one, 'mention')
  expect(await examineBoth(one)).toEqual([])
  await field.press('Enter')
  expect(await field.inputValue()).toBe(`look @${two.me.name} `)
  await field.pressSequentially('and @')
  await one.page.getByRole('option', { name: one.say('mention_everyone') }).waitFor()
  await field.press('Escape')
  await field.press('Backspace')
  await field.press('Enter')
  await one.page.locator('[data-mention=other]').waitFor()

  await openSection(other, 'nav_messages')
  await other.page.getByTestId('row-mention').waitFor()
  await takePictures(other, 'mentioned')
  await other.page.locator(`[data-id="${conversation}"]`).click()
  await other.page.locator('[data-mention=me]').waitFor()
  expect(await other.page.locator('[data-mention=me]').innerText()).toBe(`@${two.me.name}`)
  await other.page.getByTestId('row-mention').waitFor({ state: 'detached' })

  // A member may not call everybody.
  await other.page.locator('textarea').pressSequentially('@')
  await other.page.getByRole('option', { name: three.me.name }).waitFor()
  expect(await other.page.getByRole('option', { name: other.say('mention_everyone') }).count()).toBe(0)

  await messagesOf(one)
    .last()
    .getByText(one.say('message_read_by', { count: 1 }))
    .click()
  const dialog = one.page.getByRole('dialog')
  await dialog.getByText(one.say('readers_read', { count: 1 })).waitFor()
  await dialog.getByText(one.say('readers_unread', { count: 1 })).waitFor()
  expect(await examineBoth(one)).toEqual([])
  for (const person of [one, other]) expect(person.faults).toEqual([])
}, 180_000)
