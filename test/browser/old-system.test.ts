/** The old system's screens, buttons and messages, each as a person meets it on the web: log-in, people, password. */
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { callOnce } from '@rookery/client'
import { connectDevice, logIn, password, signUp, spawnServer, until, waitFor } from '../harness.ts'
import {
  chooseFromCard,
  chooseFromPlus,
  examine,
  logInInBrowser,
  openSection,
  signUpInBrowser,
  takePictures,
  type Locale,
  type Person,
} from './browser.ts'
import { setStage } from './stage.ts'

const stage = setStage(spawnServer)

/** Somebody with an account, logged in. */
async function enter(name: string, locale: Locale = 'en'): Promise<Person & { number: number; token: string }> {
  const { me, token } = await signUp(stage.server.url, name)
  const person = await stage.open(locale)
  await logInInBrowser(person, name)
  await person.page.getByRole('navigation').waitFor()
  return { ...person, number: me.number, token }
}

const press = ({ page, say }: Person, key: Parameters<Person['say']>[0], values = {}) =>
  page
    .getByRole('button', { name: say(key, values), exact: true })
    .first()
    .click()

const see = ({ page, say }: Person, key: Parameters<Person['say']>[0], values = {}) =>
  page.getByText(say(key, values)).first().waitFor()

test('section 4, log-in: picture; user name with its hint; password hidden; wrong password and user does not exist; unknown error with its reason', async () => {
  await signUp(stage.server.url, 'log-in')
  const person = await stage.open('en')
  const { page, say } = person
  await page.goto('/')
  await page.locator('main svg').first().waitFor()
  expect(await page.getByLabel(say('login_name')).getAttribute('placeholder')).toBe('2017100xxxx')
  expect(await page.getByLabel(say('login_password')).getAttribute('type')).toBe('password')
  await page.getByRole('link', { name: say('login_sign_up') }).waitFor()
  for (const [login, secret] of [
    ['log-in', 'not the password'],
    ['nobody of that name', password],
  ] as const) {
    await logInInBrowser(person, login, secret)
    expect(await page.getByRole('alert').innerText()).toBe(say('login_wrong'))
  }
  await page.route('**/api/sessions.logIn', (route) =>
    route.fulfill({ status: 507, json: { error: { code: 'storage_full' } } }),
  )
  await logInInBrowser(person, 'log-in')
  await see(person, 'login_unknown_error', { reason: say('error_storage_full') })
})

test('section 4, log-in: already logged in goes on, this device joins the others; not logged in says so and offers log-in', async () => {
  const first = await enter('already')
  const second = await stage.open('en')
  await second.page.goto('/settings')
  await see(second, 'login_needed')
  await second.page.getByLabel(second.say('login_name')).fill('already')
  await second.page.getByLabel(second.say('login_password')).fill(password)
  await press(second, 'login_submit')
  await until(async () => (await second.page.getByTestId('device').count()) === 3)
  await openSection(first, 'nav_settings')
  await until(async () => (await first.page.getByTestId('device').count()) === 3)
})

test('section 4, sign-up: must be the same; already signed up; successfully signed up, and logs in', async () => {
  const person = await stage.open('en')
  const { page, say } = person
  await page.goto('/sign-up')
  await page.getByLabel(say('signup_name')).fill('sign-up')
  await page.getByLabel(say('signup_password'), { exact: true }).fill(password)
  await page.getByLabel(say('signup_confirm'), { exact: true }).fill('another one')
  await press(person, 'signup_submit')
  expect(await page.getByRole('alert').innerText()).toBe(say('signup_passwords_differ'))
  await signUpInBrowser(person, 'sign-up')
  await page.getByRole('navigation').waitFor()
  const other = await stage.open('en')
  await other.page.goto('/sign-up')
  await other.page.getByLabel(say('signup_name')).fill('sign-up')
  await other.page.getByLabel(say('signup_password'), { exact: true }).fill(password)
  await other.page.getByLabel(say('signup_confirm'), { exact: true }).fill(password)
  await press(other, 'signup_submit')
  expect(await other.page.getByRole('alert').innerText()).toBe(say('signup_name_taken'))
})

test('section 4, main: find by name or number and Add; not found: please check your input; section 5: an empty list works, nobody is added twice, Delete deletes the one shown, the list is saved at once', async () => {
  const [apple, pear] = await Promise.all([signUp(stage.server.url, 'apple'), signUp(stage.server.url, 'pear')])
  const me = await enter('main')
  const { page, say } = me
  await openSection(me, 'nav_contacts')
  await see(me, 'contacts_empty')
  const find = async (query: string) => {
    await page.getByLabel(say('add_query')).fill(query)
    await press(me, 'add_find')
  }
  await chooseFromPlus(me, 'add_title')
  await find('pearapple')
  await see(me, 'add_none')
  for (const query of ['apple', String(pear.me.number)]) {
    await find(query)
    await page.getByTestId('found-person').getByRole('button').click()
    await press(me, 'add_send')
    await press(me, 'action_close')
    await chooseFromPlus(me, 'add_title')
  }
  await find('apple')
  await page.getByTestId('found-person').getByText(say('add_already')).waitFor()
  expect(await page.getByTestId('found-person').getByText(say('add_action'), { exact: true }).count()).toBe(0)
  await page.keyboard.press('Escape')

  // Another device has the list already, though nobody left this one.
  const device = await connectDevice(stage.server.url, (await logIn(stage.server.url, 'main')).token)
  const friends = () => [...device.state().contacts.values()].filter(({ state }) => state === 'friend')
  expect(
    friends()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['apple', 'pear'])

  const contact = (number: number) => page.locator(`[data-testid="contact"][data-peer="${number}"]`)
  await contact(pear.me.number).click()
  await chooseFromCard(me, 'profile_delete')
  await see(me, 'profile_delete_title', { name: 'pear' })
  await press(me, 'action_cancel')
  expect(friends()).toHaveLength(2)
  await chooseFromCard(me, 'profile_delete')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('profile_delete') })
    .click()
  await contact(pear.me.number).waitFor({ state: 'detached' })
  await waitFor(device, () => friends().length === 1)
  expect(friends()[0]?.peer).toBe(apple.me.number)
  await contact(apple.me.number).click()
  await press(me, 'profile_message')
  await chooseFromCard(me, 'profile_delete')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('profile_delete') })
    .click()
  await page.getByTestId('not-writable').waitFor()
  await openSection(me, 'nav_contacts')
  await see(me, 'contacts_empty')
  device.close()
})

test('section 4, change password: old one wrong; the two differ; done; the session goes on, other devices are signed out, and log in directly works', async () => {
  const me = await enter('password')
  const other = await stage.open('zh-CN')
  await logInInBrowser(other, 'password')
  await other.page.getByRole('navigation').waitFor()
  await openSection(me, 'nav_settings')
  await press(me, 'settings_change_password')
  const dialog = me.page.getByRole('dialog')
  const change = async (old: string, next: string, confirm: string) => {
    await dialog.getByLabel(me.say('password_old'), { exact: true }).fill(old)
    await dialog.getByLabel(me.say('password_new'), { exact: true }).fill(next)
    await dialog.getByLabel(me.say('password_confirm'), { exact: true }).fill(confirm)
    await dialog.getByRole('button', { name: me.say('password_submit') }).click()
  }
  await change('not the old one', 'staple battery', 'staple battery')
  await see(me, 'error_wrong_old_password')
  await change(password, 'staple battery', 'staple')
  await see(me, 'signup_passwords_differ')
  expect(await examine(me)).toEqual([])
  await change(password, 'staple battery', 'staple battery')
  await see(me, 'password_done_devices', { count: 2 })
  await see(other, 'login_signed_out')
  await dialog
    .getByRole('button', { name: me.say('action_close') })
    .last()
    .click()
  await until(async () => (await me.page.getByTestId('device').count()) === 1)
  await logInInBrowser(other, 'password', 'staple battery')
  await other.page.getByRole('navigation').waitFor()
})

test('section 4, exit asks first, sets offline, and really ends; section 5: the process outlived Exit, a second user on one machine wrote as the first', async () => {
  const friend = await signUp(stage.server.url, 'friend of both')
  const device = await connectDevice(stage.server.url, friend.token)
  const first = await enter('first')
  const { page, say } = first
  for (const login of [first, await signUp(stage.server.url, 'second')])
    await callOnce(stage.server.url, 'contacts.request', { number: friend.me.number }, { token: login.token })
  await page.getByTestId('conversation').click()
  const address = page.url()
  const field = page.getByLabel(say('composer_label', { name: 'friend of both' }))
  await field.fill('never sent')
  await openSection(first, 'nav_settings')
  await press(first, 'settings_log_out')
  await press(first, 'action_cancel')
  await waitFor(device, ({ online }) => online.has(first.number))
  await press(first, 'settings_log_out')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('settings_log_out') })
    .click()
  await page.getByLabel(say('login_name')).waitFor()
  await waitFor(device, ({ online }) => !online.has(first.number))
  await logInInBrowser(first, 'second')
  await page.getByTestId('conversation').click()
  expect(await field.inputValue()).toBe('')
  await field.fill('from the second')
  await page.keyboard.press('Enter')
  const texts = () =>
    [...device.state().conversations.values()].flatMap(({ name, messages }) => messages.map(() => name))
  await waitFor(device, () => texts().length > 0)
  expect(texts()).toEqual(['second'])
  await page.goto(address)
  await see(first, 'chat_missing')
  device.close()
})

test('section 3, Friends.txt: imports whom it can and reports bad lines by number; exports friends only', async () => {
  const [one, two] = await Promise.all([signUp(stage.server.url, '甲'), signUp(stage.server.url, '乙')])
  const me = await enter('import', 'zh-CN')
  const { page, say } = me
  const line = ({ me: { name, number } }: typeof one) => `${name}:${String(number).padStart(11, '0')}\n`
  await openSection(me, 'nav_contacts')
  const importText = (text: string) =>
    page.getByTestId('people-file').setInputFiles({
      name: 'Friends.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    })
  await importText(`${line(one)}no number here\n\n${line(two)}${line(one)}丙:20179999999\n`)
  await see(me, 'import_done', { added: 2, already: 1, bad: 2 })
  const bad = page.getByTestId('bad-line')
  expect(await bad.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-line')))).toEqual(['2', '6'])
  expect(await bad.allInnerTexts()).toEqual([
    expect.stringContaining(say('import_bad_form')),
    expect.stringContaining(say('import_nobody')),
  ])
  expect(await examine(me)).toEqual([])
  await takePictures(me, 'import')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('action_close') })
    .last()
    .click()
  const download = page.waitForEvent('download')
  await press(me, 'contacts_more')
  await page.getByRole('menuitem', { name: say('export_action') }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('Friends.txt')
  const text = readFileSync(await saved.path(), 'utf8')
  expect(text.split('\n').toSorted()).toEqual(['', line(one).trim(), line(two).trim()].toSorted())
})
