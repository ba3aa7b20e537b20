/** The page without a server, without a database, and after a log-out. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { callOnce } from '@rookery/client'
import { choosePort, connectDevice, logIn, makeFolder, spawnServer, textOf, until, waitFor } from '../harness.ts'
import type { ServerProcess } from '../harness.ts'
import { chooseFromPlus, examine, launchBrowser, logInInBrowser, messagesOf, openChat, openSection } from './browser.ts'
import { readTexts, takePictures, write, type Locale, type Person } from './browser.ts'
import { openChatScene, waitForServiceWorker, type ChatScene } from './chat-scene.ts'

const settings = { ROOKERY_DATA: makeFolder(), PORT: String(choosePort()) }
let browser: Browser
let server: ServerProcess
let isUp = false
beforeAll(async () => {
  browser = await launchBrowser()
})
beforeEach(startServer)
afterAll(async () => {
  await browser.close()
  await stopServer()
})

async function startServer(): Promise<void> {
  if (!isUp) server = await spawnServer(settings)
  isUp = true
}

async function stopServer(): Promise<void> {
  if (isUp) expect(await server.stop()).toBe(0)
  isUp = false
}

const people: Person[] = []
afterEach(async () => {
  for (const { faults } of people) expect(faults).toEqual([])
  await Promise.all(people.splice(0).map(({ context }) => context.close()))
})

/** Two people; one of them at a browser, with the chat open. */
async function openScene(locale: Locale, prepare?: (page: Page) => Promise<unknown>): Promise<ChatScene> {
  const scene = await openChatScene(browser, server.url, locale, prepare)
  people.push(scene.person)
  return scene
}

const states = (person: Person) =>
  messagesOf(person).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')))

const databases = ({ page }: Person) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))

async function expectTexts(person: Person, texts: readonly string[]): Promise<void> {
  await until(async () => (await readTexts(person)).length === texts.length, 20_000)
  expect(await readTexts(person)).toEqual([...texts])
}

const openSettings = (person: Person) => openSection(person, 'nav_settings')

async function confirmLogOut({ page, say }: Person): Promise<void> {
  await page.getByRole('button', { name: say('settings_log_out') }).click()
  await page.getByRole('alertdialog').waitFor()
}

test('without a server the page opens from what it keeps; what is written waits over a reload, and goes out once, in order', async () => {
  const { person, other, conversation } = await openScene('zh-CN')
  const { page, say } = person
  const device = await connectDevice(server.url, other.token)
  for (let count = 1; count <= 80; count += 1) device.send(conversation, `message ${count}`)
  await page.getByText('message 80').last().waitFor()
  await waitForServiceWorker(person)
  device.close()

  await stopServer()
  await page.getByTestId('offline-note').waitFor()
  await page.reload()
  await page.getByText('message 80').last().waitFor()
  await page.getByTestId('conversation').getByText(other.me.name).waitFor()
  await page.getByTestId('offline-note').waitFor()

  await write(person, other.me.name, 'first')
  await write(person, other.me.name, 'second')
  await until(async () => (await states(person)).slice(-2).join() === 'sending,sending')
  await takePictures(person, 'offline')
  expect(await examine(person)).toEqual([])
  await page.reload()
  await page.getByText('second').last().waitFor()
  expect((await readTexts(person)).slice(-3)).toEqual(['message 80', 'first', 'second'])
  expect((await states(person)).slice(-2)).toEqual(['sending', 'sending'])

  // Older messages are here too.
  await until(async () => {
    await page.getByTestId('messages').evaluate((list) => list.scrollTo({ top: 0 }))
    return page.getByText('message 1', { exact: true }).isVisible()
  })

  // What cannot be done says so.
  await openSettings(person)
  await page.getByText(say('offline_needs_connection')).first().waitFor()
  await takePictures(person, 'offline-settings')
  await openSection(person, 'nav_contacts')
  await chooseFromPlus(person, 'add_title')
  await page.getByLabel(say('add_query')).fill('anybody')
  await page.getByRole('button', { name: say('add_find') }).click()
  await page.getByText(say('error_unreachable')).waitFor()
  await page.keyboard.press('Escape')
  await openSection(person, 'nav_messages')
  await openChat(person, String(other.me.number))

  await startServer()
  await until(async () => (await states(person)).slice(-2).join() === 'sent,sent', 40_000)
  const held = await callOnce(server.url, 'messages.page', { conversation, limit: 3 }, { token: other.token })
  if (!held.ok) throw new Error(held.code)
  expect(held.value.messages.map(textOf)).toEqual(['message 80', 'first', 'second'])
}, 120_000)

test('log-out deletes what is kept here, and warns of what was never sent', async () => {
  const { person, one, other } = await openScene('en')
  const { page, say } = person
  const kept = `rookery-${one.me.number}`
  await until(async () => (await databases(person)).includes(kept))
  // From then on all of the page is here, whatever becomes of the server.
  await waitForServiceWorker(person)
  await page.getByLabel(say('composer_label', { name: other.me.name })).fill('a draft')
  await stopServer()
  await page.getByTestId('offline-note').waitFor()
  await write(person, other.me.name, 'never sent')
  await page.getByLabel(say('composer_label', { name: other.me.name })).fill('another draft')

  // It needs the server: without one nothing is deleted.
  await openSettings(person)
  await confirmLogOut(person)
  await page.getByText(say('settings_log_out_unsent', { count: 1 })).waitFor()
  await takePictures(person, 'log-out-unsent')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('settings_log_out') })
    .click()
  await page.getByText(say('error_unreachable')).waitFor()
  expect(await databases(person)).toContain(kept)
  await page.keyboard.press('Escape')

  await startServer()
  await page.getByTestId('offline').waitFor({ state: 'detached', timeout: 40_000 })
  await confirmLogOut(person)
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('settings_log_out') })
    .click()
  await page.getByLabel(say('login_name')).waitFor()
  await until(async () => (await databases(person)).length === 0)
  const remembered = await page.evaluate(() => Object.keys(localStorage).filter((key) => /me$|draft/.test(key)))
  expect(remembered).toEqual([])
}, 120_000)

test('signed out from elsewhere: the history is gone, the unsent message goes out after the next log-in', async () => {
  const { person, one, other, conversation } = await openScene('en')
  const { page, say } = person
  const device = await connectDevice(server.url, other.token)
  device.send(conversation, 'said before')
  await page.getByText('said before').last().waitFor()
  await waitForServiceWorker(person)
  await stopServer()
  await page.getByTestId('offline-note').waitFor()
  await write(person, other.me.name, 'not yet sent')
  await page.getByText('not yet sent').last().waitFor()
  await page.close()

  await startServer()
  const list = await callOnce(server.url, 'sessions.list', {}, { token: one.token })
  if (!list.ok) throw new Error(list.code)
  for (const { session, current } of list.value.sessions) {
    if (!current) await callOnce(server.url, 'sessions.revoke', { session }, { token: one.token })
  }
  person.page = await person.context.newPage()
  await person.page.goto('/')
  await person.page.getByText(say('login_signed_out')).waitFor()
  const rows = await person.page.evaluate(async (name) => {
    const { promise, resolve } = Promise.withResolvers<IDBDatabase>()
    const opening = indexedDB.open(name)
    opening.addEventListener('success', () => resolve(opening.result))
    const database = await promise
    const count = (store: string) =>
      new Promise<number>((done) => {
        const counting = database.transaction(store).objectStore(store).count()
        counting.addEventListener('success', () => done(counting.result))
      })
    const counts = [
      await count('messages'),
      await count('conversations'),
      await count('contacts'),
      await count('pending'),
    ]
    database.close()
    return counts
  }, `rookery-${one.me.number}`)
  expect(rows).toEqual([0, 0, 0, 1])

  await logInInBrowser(person, one.me.name)
  await waitFor(
    device,
    ({ conversations }) => textOf(conversations.get(conversation)?.messages.at(-1)) === 'not yet sent',
  )
  await openChat(person, String(other.me.number))
  await expectTexts(person, ['said before', 'not yet sent'])
  device.close()
}, 120_000)

test('another account’s cookie: the page goes on as them, and shows nothing of the one before', async () => {
  const { person, one, other, conversation } = await openScene('en')
  const { page } = person
  await page.getByTestId('conversation').waitFor()
  const { token } = await logIn(server.url, other.me.name)
  await page.close()
  await person.context.addCookies([
    { name: 'rookery', value: token, url: server.url, httpOnly: true, sameSite: 'Strict' },
  ])
  person.page = await person.context.newPage()
  await person.page.goto(`/c/${conversation}`)
  await person.page.getByRole('heading', { level: 1, name: one.me.name }).waitFor()
  expect(await person.page.evaluate(() => localStorage.getItem('rookery.me'))).toContain(String(other.me.number))
}, 60_000)

test('a private window without a database works, and forgets', async () => {
  const { person, other, conversation } = await openScene('en', (page) =>
    page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
      Reflect.deleteProperty(globalThis, 'SharedWorker')
    }),
  )
  const device = await connectDevice(server.url, other.token)
  await write(person, other.me.name, 'to you')
  await waitFor(device, ({ conversations }) => conversations.get(conversation)?.messages.length === 1)
  device.send(conversation, 'to me')
  await expectTexts(person, ['to you', 'to me'])
  await person.page.reload()
  await expectTexts(person, ['to you', 'to me'])
  device.close()
}, 60_000)
