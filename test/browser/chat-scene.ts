/** Where several scenes begin: two people, one of them at a browser with the chat open. */
import type { Browser, Page } from 'playwright-core'
import { makePair, type LogIn } from '../harness.ts'
import { enterBrowser, openChat, openPerson, type Locale, type Person } from './browser.ts'

export interface ChatScene {
  /** `one`, at the browser. */
  readonly person: Person
  readonly one: LogIn
  readonly other: LogIn
  readonly conversation: number
}

/** `prepare` is called before the page is opened. */
export async function openChatScene(
  browser: Browser,
  url: string,
  locale: Locale,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<ChatScene> {
  const { one, other, conversation } = await makePair(url)
  const person = await openPerson(browser, url, locale)
  await prepare?.(person.page)
  await enterBrowser(person, one.me.name)
  await openChat(person, String(other.me.number))
  await person.page.getByLabel(person.say('composer_label', { name: other.me.name })).waitFor()
  return { person, one, other, conversation }
}

/** From then on the page opens without a server. */
export async function waitForServiceWorker({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}
