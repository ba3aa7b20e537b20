/** Where scenes about groups and contacts begin: somebody at a browser, and people who know them. */
import { callOnce } from '@rookery/client'
import type { Input, OperationName, Output } from '@rookery/protocol'
import type { Browser } from 'playwright-core'
import { signUp, type LogIn } from '../harness.ts'
import { enterBrowser, openPerson, type Locale, type Person, type TextKey } from './browser.ts'

/** Asks in somebody's name; a refusal is a fault of the scene. */
export async function ask<Name extends OperationName>(
  url: string,
  { token }: LogIn,
  name: Name,
  input: Input<Name>,
): Promise<Output<Name>> {
  const answer = await callOnce(url, name, input, { token })
  if (!answer.ok) throw new Error(`${name}: ${answer.code}`)
  return answer.value
}

/** The first of them knows all the others; names get a mark, so that one server can have many circles. */
export async function makeCircle(url: string, names: readonly string[]): Promise<LogIn[]> {
  const mark = crypto.randomUUID().slice(0, 6)
  const people: LogIn[] = []
  for (const name of names) people.push(await signUp(url, `${name} ${mark}`))
  const [first, ...others] = people
  if (!first) throw new Error('Nobody.')
  for (const { me } of others) await ask(url, first, 'contacts.request', { number: me.number })
  return people
}

export async function enter(browser: Browser, url: string, locale: Locale, { me }: LogIn): Promise<Person> {
  const person = await openPerson(browser, url, locale)
  await enterBrowser(person, me.name)
  return person
}

export const press = ({ page, say }: Person, key: TextKey, values = {}) =>
  page
    .getByRole('button', { name: say(key, values), exact: true })
    .last()
    .click()

export const pressItem = ({ page, say }: Person, key: TextKey) =>
  page.getByRole('menuitem', { name: say(key), exact: true }).click()

export const see = ({ page, say }: Person, key: TextKey, values = {}) =>
  page.getByText(say(key, values)).first().waitFor()

/** The button that goes on, in the question that is asked. */
export const confirm = ({ page, say }: Person, key: TextKey) =>
  page
    .getByRole('alertdialog')
    .getByRole('button', { name: say(key), exact: true })
    .click()
