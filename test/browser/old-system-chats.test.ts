/** The old system's chats, on the web: windows of their own, and an old client on the other side. */
import { afterEach, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import { choosePort, connectDevice, password, signUp, spawnServer, until } from '../harness.ts'
import { openOldClient, type OldClient } from '../old-client.ts'
import {
  examine,
  logInInBrowser,
  messagesOf,
  openChat,
  openPerson,
  openSection,
  popOut,
  takePicture,
  takePictures,
  write,
  type Locale,
  type Person,
} from './browser.ts'
import { setStage } from './stage.ts'

const udp = `127.0.0.1:${choosePort()}`
const stage = setStage(() => spawnServer({ ROOKERY_UDP: udp, ROOKERY_UDP_RATE: '100000', ROOKERY_CONTACTS: 'open' }))

const closing: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

type Someone = Person & { number: number; token: string }

/** Somebody with an account, logged in at a browser, and a contact of all these numbers. */
async function enter(name: string, friends: readonly number[], locale: Locale): Promise<Someone> {
  const { me, token } = await signUp(stage.server.url, name)
  for (const number of friends) await callOnce(stage.server.url, 'contacts.request', { number }, { token })
  const person = await stage.enter(locale, { me })
  return { ...person, number: me.number, token }
}

async function enterDevice(name: string): Promise<{ device: Client; number: number }> {
  const { me, token } = await signUp(stage.server.url, name)
  const device = await connectDevice(stage.server.url, token)
  closing.push(() => device.close())
  return { device, number: me.number }
}

/** An old client under a number of its own, logged in. */
async function enterOld(number: number): Promise<OldClient> {
  const old = await openOldClient(udp)
  closing.push(() => old.close())
  expect(await old.ask(`01#${number}#${password}#${password}#`)).toBe('01:01')
  expect(await old.ask(`02#${number}#${password}#`)).toBe('02:01')
  return old
}

function say(device: Client, to: number, text: string): void {
  const found = [...device.state().conversations.values()].find(({ peer }) => peer === to)
  if (!found) throw new Error(`There is no conversation with ${to}.`)
  device.send(found.id, text)
}

const lastText = (person: Person) => messagesOf(person).last().getByTestId('message-text').textContent()
const lastState = (person: Person) => messagesOf(person).last().getAttribute('data-state')
const presence = ({ page }: Person) => page.getByTestId('presence').getAttribute('data-online')

test('section 4, chat: several at once, each in a window of its own; title with the friend’s name; incoming lines at once; closing ends this chat only; not logged in says so and offers log-in', async () => {
  const [apple, pear] = await Promise.all([enterDevice('apple'), enterDevice('pear')])
  const me = await enter('windows', [apple.number, pear.number], 'en')
  await openChat(me, String(apple.number))
  const one = await popOut(me)
  await openChat(me, String(pear.number))
  const two = await popOut(me)
  await until(async () => (await one.page.title()) === 'apple' && (await two.page.title()) === 'pear')
  for (const { page, say: name } of [one, two]) {
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const role of ['navigation', 'search', 'complementary'] as const)
      expect(await page.getByRole(role).count()).toBe(0)
    for (const key of ['chat_window', 'action_back'] as const)
      expect(await page.getByRole('button', { name: name(key) }).count()).toBe(0)
  }

  // Asking again brings the same window back, with what is being written in it.
  const field = two.page.getByLabel(two.say('composer_label', { name: 'pear' }))
  await field.fill('half a sentence')
  await me.page.bringToFront()
  await me.page.getByRole('button', { name: me.say('chat_window') }).click()
  await openSection(me, 'nav_contacts')
  expect(me.context.pages()).toHaveLength(3)
  expect(await field.inputValue()).toBe('half a sentence')

  // Both windows show what comes, each its own; a window that nobody looks at counts in its title.
  await two.page.evaluate(() => {
    document.hasFocus = () => false
    dispatchEvent(new Event('blur'))
  })
  say(apple.device, me.number, 'to the first window')
  say(pear.device, me.number, 'to the second window')
  await until(async () => (await lastText(one)) === 'to the first window')
  await until(async () => (await lastText(two)) === 'to the second window')
  expect([await messagesOf(one).count(), await messagesOf(two).count()]).toEqual([1, 1])
  await until(async () => (await two.page.title()) === '(1) pear')
  await two.page.evaluate(() => {
    document.hasFocus = () => true
    dispatchEvent(new Event('focus'))
  })
  await until(async () => (await two.page.title()) === 'pear')
  await field.fill('')
  await write(one, 'apple', '来自独立窗口 👋')
  await until(async () => (await lastState(one)) === 'sent')
  expect(await messagesOf(one).last().textContent()).toContain(`${one.say('chat_me')}: 来自独立窗口`)
  await one.page.getByRole('button', { name: one.say('chat_profile', { name: 'apple' }) }).click()
  await one.page.getByTestId('profile').waitFor()
  expect(await examine(one)).toEqual([])
  await takePicture(one, 'window-card')
  await one.page.keyboard.press('Escape')
  await one.page.getByTestId('profile').waitFor({ state: 'detached' })
  expect(await examine(one)).toEqual([])
  await takePicture(one, 'window')

  // Closing ends this chat only.
  await one.page.close()
  say(pear.device, me.number, 'and on it goes')
  await until(async () => (await lastText(two)) === 'and on it goes')
  await openSection(me, 'nav_messages')
  expect(await me.page.getByTestId('conversation').count()).toBe(2)

  await openSection(me, 'nav_settings')
  await me.page.getByRole('button', { name: me.say('settings_log_out') }).click()
  await me.page
    .getByRole('alertdialog')
    .getByRole('button', { name: me.say('settings_log_out') })
    .click()
  await two.page.getByText(two.say('login_signed_out')).waitFor()
  await two.page.reload()
  await two.page.getByText(two.say('login_needed')).waitFor()
  await takePicture(two, 'window-log-in')
  await two.page.getByLabel(two.say('login_name')).fill('windows')
  await two.page.getByLabel(two.say('login_password')).fill(password)
  await two.page.keyboard.press('Enter')
  await until(async () => (await lastText(two)) === 'and on it goes')
})

test('section 4, chat: the right-hand panel is the friend’s card where there is room; a link leads past the list', async () => {
  const { number } = await enterDevice('beside')
  const me = await enter('panel', [number], 'zh-CN')
  const { page, say: text } = me
  await openChat(me, String(number))
  const panel = page.getByTestId('side-panel')
  expect(await panel.getByTestId('profile-number').innerText()).toBe(String(number))
  expect((await panel.boundingBox())?.width).toBe(248)
  expect(await examine(me)).toEqual([])
  await takePictures(me, 'panel')
  await page.setViewportSize({ width: 1099, height: 900 })
  await panel.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: text('chat_profile', { name: 'beside' }) }).click()
  await page.getByRole('dialog').getByTestId('profile').waitFor()
  await page.reload()
  await openSection(me, 'nav_contacts')
  await page.getByRole('link', { name: text('nav_skip') }).focus()
  await takePicture(me, 'skip-link')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
})

test('section 4, chat with an old client; section 5: # and : and newlines whole, over 1 KB whole, nothing evaluated; offline is a state of the message', async () => {
  const number = 20_171_000_001
  const name = `No. ${number}`
  const old = await enterOld(number)
  const web = await enter('网页用户', [number], 'zh-CN')
  await openChat(web, String(number))
  await until(async () => (await presence(web)) === 'true')

  const texts = [
    '#1: 50%: a##b#: "引号" \\ 你好：世界 🎉\n第二行: 完\n',
    '__import__("os").system("exit")',
    '<img src=x onerror=alert(1)><script>alert(2)</script>',
    '汉字and🎉'.repeat(200),
    '在吗？\n',
  ]
  for (const text of texts) {
    expect(await old.ask(`03#${web.number}#${text}#`)).toBe('03:01')
    await until(async () => (await lastText(web)) === text)
  }

  await messagesOf(web).first().scrollIntoViewIfNeeded()
  await takePicture(web, 'old-client-texts')

  // From the web: whole on the old side too, in as many parts as it takes; read once all of it was taken.
  await write(web, name, '#2: 好的: ok\n明天见')
  await until(async () => (await lastState(web)) === 'sent')
  expect(await old.ask(`04#${web.number}#`)).toBe('04:1')
  expect(await old.ask(`05#${web.number}#`)).toMatch(new RegExp(`^05:${web.number}:[^:]{19}:#2： 好的： ok\n明天见$`))
  await until(async () => (await lastState(web)) === 'read')
  const long = '长文: and🎉'.repeat(300)
  await write(web, name, long)
  await until(async () => (await lastText(web)) === long && (await lastState(web)) === 'sent')
  let whole = ''
  for (let left = Number((await old.ask('08#')).slice(3)); left > 0; left -= 1) {
    expect(await lastState(web)).toBe('sent')
    const reply = await old.ask('09#')
    expect(Buffer.byteLength(reply)).toBeLessThanOrEqual(1024)
    whole += reply.split(':')[3]
  }
  expect(whole).toBe(long.replaceAll(':', '：'))
  await until(async () => (await lastState(web)) === 'read')

  await takePicture(web, 'old-client-read')

  // Away: said plainly, no error; the message waits.
  expect(await old.ask('06#')).toBe('06:01')
  await until(async () => (await presence(web)) === 'false')
  const lastSeen = web.say('presence_last_seen', { time: '' })
  await until(async () => (await web.page.getByTestId('presence').innerText()).startsWith(lastSeen))
  await write(web, name, '等你上线')
  await until(async () => (await lastState(web)) === 'sent')
  await takePictures(web, 'old-client-chat')
  expect(await old.ask(`02#${number}#${password}#`)).toBe('02:01')
  expect(await old.ask('09#')).toMatch(/:等你上线$/)
  await until(async () => (await lastState(web)) === 'read')
})

test('section 5, passwords in clear on the open net: old clients are marked among the devices, and switched off for one account', async () => {
  const number = 20_171_000_002
  const old = await enterOld(number)
  const web = await openPerson(stage.browser, stage.server.url, 'en')
  closing.push(() => web.context.close())
  await logInInBrowser(web, String(number))
  await openSection(web, 'nav_settings')
  const marked = web.page.getByTestId('device').filter({ hasText: web.say('settings_device_legacy') })
  await marked.waitFor()
  await web.page.getByText(web.say('settings_legacy_detail')).waitFor()
  expect(await examine(web)).toEqual([])
  await takePictures(web, 'settings')
  const allowed = web.page.getByRole('switch', { name: web.say('settings_legacy') })
  await allowed.click()
  await marked.waitFor({ state: 'detached' })
  expect(await old.ask('08#')).toBe('07:01')
  expect(await old.ask(`02#${number}#${password}#`)).toBe('00:00')
  await web.page.reload()
  await until(async () => !(await allowed.isChecked()))
  await allowed.click()
  await until(async () => (await old.ask(`02#${number}#${password}#`)) === '02:01')
  expect(web.faults).toEqual([])
})
