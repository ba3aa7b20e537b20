/** Two people at two browsers, from sign-up to a restart of the server. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { choosePort, makeFolder, spawnServer, until, type ServerProcess } from '../harness.ts'
import {
  chooseFromPlus,
  launchBrowser,
  messagesOf,
  openChat,
  openPerson,
  openSection,
  readTexts,
  signUpInBrowser,
  takePictures,
  write,
  type Person,
} from './browser.ts'

const settings = { ROOKERY_DATA: makeFolder(), PORT: String(choosePort()), ROOKERY_CONTACTS: 'request' }
let browser: Browser
let server: ServerProcess
beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), spawnServer(settings)])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const words = [
  ['one', 'Hello, is anybody there?'],
  ['two', '在的，刚吃完饭'],
  ['one', '# and : and "quotes" and <b>tags</b>'],
  ['two', '🎉🎊'],
  ['one', '那我们明天见？👋'],
  ['two', 'https://example.org/a?b=c#d is the place'],
  ['one', 'two\nlines'],
  ['two', '好的，那明天见 👋🏽'],
  ['one', 'مرحبا'],
  ['two', 'See you tomorrow.'],
] as const

async function expectTexts(person: Person, texts: readonly string[]): Promise<void> {
  await until(async () => (await readTexts(person)).length === texts.length)
  expect(await readTexts(person)).toEqual([...texts])
}

test('[D2] [D12] two browsers: sign up, ask, accept, chat, be away, survive a restart; same messages, order and badges', async () => {
  const one = await openPerson(browser, server.url, 'en')
  const two = await openPerson(browser, server.url, 'zh-CN')
  const numberOne = await signUpInBrowser(one, 'one')
  const numberTwo = await signUpInBrowser(two, '二')
  expect([numberOne, numberTwo]).toEqual(['10001', '10002'])

  // One asks, two accepts.
  await openSection(one, 'nav_contacts')
  await chooseFromPlus(one, 'add_title')
  await one.page.getByLabel(one.say('add_query')).fill('nobody at all')
  await one.page.getByRole('button', { name: one.say('add_find') }).click()
  await one.page.getByText(one.say('add_none')).waitFor()
  await one.page.getByLabel(one.say('add_query')).fill(numberTwo)
  await one.page.getByRole('button', { name: one.say('add_find') }).click()
  await one.page.getByRole('button', { name: one.say('add_action_of', { name: '二' }) }).click()
  await one.page.getByLabel(one.say('add_greeting')).fill('It is me')
  await one.page.getByRole('button', { name: one.say('add_send') }).click()
  await one.page.getByText(one.say('add_sent', { name: '二' })).waitFor()
  await one.page.keyboard.press('Escape')
  await openSection(two, 'nav_contacts')
  await two.page.getByText('It is me').waitFor()
  await takePictures(two, 'request')
  await two.page.getByRole('button', { name: two.say('request_accept_of', { name: 'one' }) }).click()

  // Ten messages both ways.
  for (const person of [one, two]) await openSection(person, 'nav_messages')
  await openChat(one, numberTwo)
  await openChat(two, numberOne)
  const said: string[] = []
  for (const [who, text] of words) {
    await (who === 'one' ? write(one, '二', text) : write(two, 'one', text))
    said.push(text)
    await Promise.all([expectTexts(one, said), expectTexts(two, said)])
  }
  expect(await messagesOf(one).nth(6).getByTestId('message-text').innerText()).toBe('two\nlines')
  await until(async () => (await messagesOf(one).nth(8).getAttribute('data-state')) === 'read')
  await takePictures(one, 'chat-en')
  await takePictures(two, 'chat-zh')

  // Two is away; the server restarts; one goes on writing.
  await two.page.close()
  await until(async () => (await one.page.getByTestId('presence').getAttribute('data-online')) === 'false')
  await write(one, '二', 'while you are away')
  await expectTexts(one, [...said, 'while you are away'])
  await until(async () => (await messagesOf(one).last().getAttribute('data-state')) === 'sent')
  expect(await server.stop()).toBe(0)
  await write(one, '二', 'while the server is away')
  await until(async () => (await messagesOf(one).last().getAttribute('data-state')) === 'sending')
  await takePictures(one, 'no-connection')
  server = await spawnServer(settings)
  await until(async () => (await messagesOf(one).last().getAttribute('data-state')) === 'sent', 40_000)
  await write(one, '二', 'and after')
  said.push('while you are away', 'while the server is away', 'and after')
  await expectTexts(one, said)

  // Two comes back: the badge says three, and reading clears it.
  two.page = await two.context.newPage()
  await two.page.goto('/')
  const badge = two.page.getByTestId('conversation').getByTestId('unread')
  await until(async () => (await badge.innerText()).trim().startsWith('3'))
  await until(async () => (await two.page.title()).startsWith('(3)'))
  await openChat(two, numberOne)
  await two.page.getByTestId('unread-line').waitFor()
  await expectTexts(two, said)
  await badge.waitFor({ state: 'detached' })
  await until(async () => (await messagesOf(one).last().getAttribute('data-state')) === 'read')
  await two.page.reload()
  await two.page.getByTestId('message').last().waitFor()
  await expectTexts(two, said)

  for (const person of [one, two]) expect(person.faults).toEqual([])
}, 180_000)

test('every screen is clean for assistive technology, in both themes, wide and narrow', async () => {
  const person = await openPerson(browser, server.url, 'zh-CN')
  const found: string[] = []
  const examine = async (screen: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390]) {
        await person.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await person.page.setViewportSize({ width, height: 860 })
        const { violations } = await new AxeBuilder({ page: person.page }).analyze()
        found.push(
          ...violations.map(({ id, nodes }) => `${screen} ${colorScheme} ${width}: ${id} ${nodes[0]?.html ?? ''}`),
        )
      }
    }
    await person.page.setViewportSize({ width: 1440, height: 860 })
  }
  await person.page.goto('/')
  await person.page.getByLabel(person.say('login_name')).waitFor()
  await examine('log-in')
  await signUpInBrowser(person, '三')
  await person.page
    .getByTestId('conversations')
    .or(person.page.getByText(person.say('list_empty')))
    .first()
    .waitFor()
  await examine('messages')
  for (const section of ['nav_contacts', 'nav_settings'] as const) {
    await openSection(person, section)
    await person.page.getByRole('main').waitFor()
    await examine(section)
  }
  expect(found).toEqual([])
  expect(person.faults).toEqual([])
}, 180_000)
