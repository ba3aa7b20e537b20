/** A real browser, and people who use it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { en as english } from '../../packages/web/src/i18n/texts/en.ts'
import { zhCN as chinese } from '../../packages/web/src/i18n/texts/zh-cn.ts'
import { password, until } from '../harness.ts'

const texts = { en: english, 'zh-CN': chinese }
export type Locale = keyof typeof texts
export type TextKey = keyof typeof english

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: flags, timeout: 30_000 })
}

/** One person at a browser of their own. */
export interface Person {
  readonly context: BrowserContext
  page: Page
  readonly locale: Locale
  /** What stands on a button or field, in this person's language. */
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string
  /** What went wrong in the page without anybody seeing it: exceptions, and whatever its policy blocked. */
  readonly faults: string[]
}

export async function openPerson(browser: Browser, url: string, locale: Locale): Promise<Person> {
  const context = await browser.newContext({ baseURL: url, locale, viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(15_000)
  const faults: string[] = []
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text())) faults.push(message.text())
    })
  })
  const page = await context.newPage()
  const say: Person['say'] = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), texts[locale][key])
  return { context, page, locale, say, faults }
}

/** Signs up as a newcomer does; answers the number that was given. */
export async function signUpInBrowser(person: Person, name: string): Promise<string> {
  const { page, say } = person
  await page.goto('/')
  await page.getByRole('link', { name: say('login_sign_up') }).click()
  await page.getByLabel(say('signup_name')).fill(name)
  await page.getByLabel(say('signup_password'), { exact: true }).fill(password)
  await page.getByLabel(say('signup_confirm'), { exact: true }).fill(password)
  await page.getByRole('button', { name: say('signup_submit') }).click()
  const number = await page.getByTestId('my-number').innerText()
  await page.getByRole('button', { name: say('welcome_start') }).click()
  return number.replaceAll(/\D/g, '')
}

export async function logInInBrowser({ page, say }: Person, login: string, secret = password): Promise<void> {
  await page.goto('/')
  await page.getByLabel(say('login_name')).fill(login)
  await page.getByLabel(say('login_password'), { exact: true }).fill(secret)
  await page.getByRole('button', { name: say('login_submit'), exact: true }).click()
}

/** Logged in without the form, for scenes that are about something else: a session of its own, as the form makes one. */
export async function enterBrowser({ context, page }: Person, login: string): Promise<void> {
  const answer = await context.request.post('/api/sessions.logIn', {
    data: { login, password, device: 'Chromium' },
    headers: { 'rookery-session': 'cookie' },
  })
  if (!answer.ok()) throw new Error(`${login}: ${await answer.text()}`)
  await page.goto('/')
  await page.getByRole('navigation').waitFor()
}

export async function openSection(
  { page, say }: Person,
  key: 'nav_messages' | 'nav_contacts' | 'nav_settings',
): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: say(key) })
    .click()
}

/** Chooses from the menu behind the plus. */
export async function chooseFromPlus({ page, say }: Person, key: 'add_title' | 'group_create' | 'group_find') {
  await page.getByRole('button', { name: say('add_menu') }).click()
  await page.getByRole('menuitem', { name: say(key) }).click()
}

/** Chooses from the menu of the card that is shown. */
export async function chooseFromCard({ page, say }: Person, key: TextKey) {
  await page
    .getByTestId('profile')
    .getByRole('button', { name: say('profile_more') })
    .click()
  await page.getByRole('menuitem', { name: say(key) }).click()
}

export async function openChat({ page }: Person, peer: string): Promise<void> {
  await page.locator(`[data-testid="conversation"][data-peer="${peer}"]`).click()
}

export async function openConversation({ page }: Person, id: number): Promise<void> {
  await page.locator(`[data-testid="conversation"][data-id="${id}"]`).click()
}

/** The bubble that says this, of the newest such. */
export function bubbleOf({ page }: Person, text: string): Locator {
  return page.getByTestId('message').filter({ hasText: text }).last().locator('[data-body]')
}

/** Opens the menu of a message as a mouse does, and chooses from it. */
export async function chooseFor(person: Person, text: string, key: TextKey): Promise<void> {
  await bubbleOf(person, text).click({ button: 'right' })
  await person.page
    .getByTestId('message-menu')
    .getByRole('menuitem', { name: person.say(key), exact: true })
    .click()
}

export async function write(person: Person, peerName: string, text: string): Promise<void> {
  const { page, say } = person
  await page.getByLabel(say('composer_label', { name: peerName })).fill(text)
  await page.keyboard.press('Enter')
}

/** Gives the open chat a window of its own: the same person, at that window. */
export async function popOut(person: Person): Promise<Person> {
  const opened = person.page.waitForEvent('popup')
  await person.page.getByRole('button', { name: person.say('chat_window') }).click()
  return { ...person, page: await opened }
}

/** What begins with the next two frames, a new width's screen for one, is waited for; what never ends is not. */
async function isAtRest(): Promise<boolean> {
  for (let frames = 0; frames < 2; frames += 1)
    await new Promise((resolve) => {
      requestAnimationFrame(resolve)
      // Windows behind others get no frames.
      setTimeout(resolve, 50)
    })
  return document
    .getAnimations()
    .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity)
}

const isStill = () => document.getAnimations().every(({ playState }) => playState !== 'running')

/** What keeps a screen from being used with assistive technology, in both themes. */
export async function examine({ page }: Person): Promise<string[]> {
  const found: string[] = []
  // Windows behind others do not move: their colours would stay half way between two themes.
  await page.bringToFront()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await until(() => page.evaluate(isStill))
    // All at once instead of frame by frame, each in a page of its own: ours has no frames of other origins.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id} ${nodes[0]?.html ?? ''}`))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  return found
}

/** The same on a wide screen and on a narrow one. */
export async function examineBoth(person: Person): Promise<string[]> {
  const { page } = person
  const before = page.viewportSize() ?? { width: 1440, height: 900 }
  const found: string[] = []
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    found.push(...(await examine(person)).map((one) => `${size.width} ${one}`))
  }
  await page.setViewportSize(before)
  return found
}

export function messagesOf({ page }: Person): Locator {
  return page.getByTestId('message')
}

/** The texts on the screen, in order. */
export function readTexts({ page }: Person): Promise<string[]> {
  return page.getByTestId('message-text').allInnerTexts()
}

const folder = join(import.meta.dir, '../../test-output')

/** Kept for whoever wants to look. */
export async function takePicture({ page }: Person, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** The same screen, light and dark, wide and narrow. */
export async function takePictures(person: Person, name: string): Promise<void> {
  const { page } = person
  const before = page.viewportSize() ?? { width: 1440, height: 900 }
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await until(() => page.evaluate(isAtRest))
      await takePicture(person, `${name}-${width}-${colorScheme}`)
    }
  }
  await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: 'light' })
}
