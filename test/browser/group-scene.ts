/** Where scenes in a group begin: an owner and others, some of them at browsers with the group open. */
import type { Browser } from 'playwright-core'
import type { Sendable } from '@rookery/protocol'
import { signUp, type LogIn } from '../harness.ts'
import { ask } from './circle.ts'
import { enterBrowser, openConversation, openPerson, type Locale, type Person } from './browser.ts'

export interface Group {
  readonly url: string
  readonly name: string
  readonly conversation: number
  /** The first is the owner. */
  readonly people: readonly [LogIn, LogIn, LogIn]
}

export async function makeGroup(url: string): Promise<Group> {
  const mark = crypto.randomUUID().slice(0, 6)
  const owner = await signUp(url, `owner ${mark}`)
  const two = await signUp(url, `二 ${mark}`)
  const three = await signUp(url, `three ${mark}`)
  for (const other of [two, three]) await ask(url, owner, 'contacts.request', { number: other.me.number })
  const name = `春 ${mark}`
  const members = [two.me.number, three.me.number]
  const { conversation } = await ask(url, owner, 'groups.create', { name, members })
  return { url, name, conversation, people: [owner, two, three] }
}

export async function sayIn(url: string, who: LogIn, conversation: number, body: Sendable | string): Promise<number> {
  const said: Sendable = typeof body === 'string' ? { kind: 'text', text: body } : body
  const id = crypto.randomUUID()
  return (await ask(url, who, 'messages.send', { conversation, id, body: said })).seq
}

/** Somebody at a browser, with a conversation open. */
export async function sitDown(
  browser: Browser,
  url: string,
  who: LogIn,
  conversation: number,
  locale: Locale,
): Promise<Person> {
  const person = await openPerson(browser, url, locale)
  await enterBrowser(person, who.me.name)
  await openConversation(person, conversation)
  await person.page.locator('textarea').waitFor()
  return person
}
