/** The list of chats: pinned, muted, marked, with drafts, the same at two browsers of one person; notes to oneself. */
import { expect, test } from 'bun:test'
import { startTestServer, until } from '../harness.ts'
import { examine, examineBoth, openChat, openConversation, takePictures, write, type Person } from './browser.ts'
import { makeGroup, sayIn, sitDown } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

type TextKey = Parameters<Person['say']>[0]

const rowOf = ({ page }: Person, peer: number) => page.locator(`[data-testid=conversation][data-peer="${peer}"]`)

/** As the right button of a mouse does. */
async function chooseForRow(person: Person, peer: number, key: TextKey): Promise<void> {
  await rowOf(person, peer).click({ button: 'right' })
  await person.page
    .getByTestId('row-menu')
    .getByRole('menuitem', { name: person.say(key), exact: true })
    .click()
}

const idsIn = ({ page }: Person) =>
  page.getByTestId('conversation').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-peer'))))

test('[D12] what one browser arranges the other shows: pin, mute, marks, drafts', async () => {
  const { url } = stage.server
  const { people, conversation } = await makeGroup(url)
  const [owner, two, three] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'en')
  const other = await sitDown(stage.browser, url, owner, conversation, 'zh-CN')
  const { page, say } = one

  await chooseForRow(one, two.me.number, 'row_pin')
  await until(async () => (await idsIn(other))[0] === two.me.number)
  await chooseForRow(one, three.me.number, 'row_mute')
  await rowOf(other, three.me.number)
    .getByRole('img', { name: other.say('row_muted') })
    .waitFor()

  // A muted chat has a grey badge, and the window's title says nothing of it.
  const chat = await openedId(one, three.me.number)
  await openConversation(one, conversation)
  await sayIn(url, three, chat, 'quiet words')
  const badge = rowOf(one, three.me.number).getByTestId('unread')
  await badge.waitFor()
  expect(await badge.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(102, 113, 125)')
  expect(await page.title()).toBe('Rookery')

  // Read by the menu, and marked again, by keys alone.
  await chooseForRow(one, three.me.number, 'row_mark_read')
  await badge.waitFor({ state: 'detached' })
  await rowOf(one, three.me.number).focus()
  await page.keyboard.press('Shift+F10')
  const item = page.getByTestId('row-menu').getByRole('menuitem', { name: say('row_mark_unread') })
  await item.waitFor()
  expect(await examine(one)).toEqual([])
  await until(async () => {
    await page.keyboard.press('ArrowDown')
    return item.evaluate((element) => element === document.activeElement)
  })
  await page.keyboard.press('Enter')
  await rowOf(other, three.me.number).getByTestId('marked').waitFor()
  await rowOf(other, three.me.number).click()
  await rowOf(one, three.me.number).getByTestId('marked').waitFor({ state: 'detached' })

  // What is written here and not sent stands there, and goes when it is sent.
  await openConversation(other, conversation)
  await openChat(one, String(two.me.number))
  await page.getByLabel(say('composer_label', { name: two.me.name })).fill('half a thought')
  await rowOf(other, two.me.number).getByTestId('row-draft').getByText('half a thought').waitFor()
  await takePictures(other, 'arranged')
  expect(await examineBoth(other)).toEqual([])
  await openChat(other, String(two.me.number))
  const field = other.page.getByLabel(other.say('composer_label', { name: two.me.name }))
  await until(async () => (await field.inputValue()) === 'half a thought')
  await field.press('Enter')
  await until(async () => (await page.locator('textarea').inputValue()) === '')
  await openConversation(one, conversation)
  await rowOf(one, two.me.number).getByText('half a thought').waitFor()
  expect(await page.getByTestId('row-draft').count()).toBe(0)

  await chooseForRow(one, two.me.number, 'row_unpin')
  await until(async () => (await other.page.locator('[data-pinned=true]').count()) === 0)
  for (const person of [one, other]) expect(person.faults).toEqual([])
}, 180_000)

/** Opens the chat with somebody and answers its number. */
async function openedId(person: Person, peer: number): Promise<number> {
  await openChat(person, String(peer))
  await person.page.locator('textarea').waitFor()
  return Number(new URL(person.page.url()).pathname.split('/').at(-1))
}

test('notes to oneself are a chat of their own, and filters show some of all', async () => {
  const { url } = stage.server
  const { people, conversation, name } = await makeGroup(url)
  const [owner, two] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'zh-CN')
  const { page, say } = one
  await page.getByRole('button', { name: say('add_menu') }).click()
  await page.getByRole('menuitem', { name: say('note_title') }).click()
  await page.getByRole('heading', { level: 1, name: say('note_title') }).waitFor()
  await page.getByLabel(say('composer_label_note')).fill('买菜')
  await page.keyboard.press('Enter')
  await rowOf(one, owner.me.number).getByText('买菜').waitFor()
  expect(await page.getByTestId('shake').count()).toBe(0)
  await takePictures(one, 'note')
  expect(await examineBoth(one)).toEqual([])

  await page.getByRole('button', { name: say('list_groups') }).click()
  expect(await page.getByTestId('conversation').allInnerTexts()).toHaveLength(2)
  await rowOf(one, two.me.number).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: say('list_all') }).click()
  await rowOf(one, two.me.number).waitFor()
  await openConversation(one, conversation)
  await write(one, name, 'back again')
  expect(one.faults).toEqual([])
}, 120_000)
