/** Many windows of one browser are one connection: in a SharedWorker, or in the window that leads the others. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import type { Browser, Page } from 'playwright-core'
import { connectDevice, type LogIn, type ServerProcess, signUp, spawnServer, textOf, until } from '../harness.ts'
import { launchBrowser, logInInBrowser, openChat, openPerson, popOut, readTexts, takePicture } from './browser.ts'
import { write, type Person } from './browser.ts'

let browser: Browser
let server: ServerProcess
beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), spawnServer()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const people: Person[] = []
const devices: Client[] = []
afterEach(async () => {
  for (const { faults } of people) expect(faults).toEqual([])
  for (const device of devices.splice(0)) device.close()
  await Promise.all(people.splice(0).map(({ context }) => context.close()))
  await until(async () => (await countSockets()) === 0)
})

async function countSockets(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^rookery_connections (\d+)$/m.exec(text)?.[1])
}

interface Friend extends LogIn {
  readonly device: Client
  readonly conversation: number
}

/** Somebody at a browser with three friends, each of them connected: three sockets that are not the browser's. */
async function openScene(prepare?: (person: Person) => Promise<unknown>): Promise<{ me: Person; friends: Friend[] }> {
  const mark = crypto.randomUUID().slice(0, 8)
  const self = await signUp(server.url, `me ${mark}`)
  const friends: Friend[] = []
  for (const name of ['one', 'two', 'three']) {
    const friend = await signUp(server.url, `${name} ${mark}`)
    await callOnce(server.url, 'contacts.request', { number: self.me.number }, { token: friend.token })
    const device = await connectDevice(server.url, friend.token)
    devices.push(device)
    const [conversation = 0] = device.state().conversations.keys()
    friends.push({ ...friend, device, conversation })
  }
  const me = await openPerson(browser, server.url, 'en')
  people.push(me)
  await prepare?.(me)
  await logInInBrowser(me, `me ${mark}`)
  await me.page.getByTestId('conversation').nth(2).waitFor()
  return { me, friends }
}

const withoutSharedWorker = ({ context }: Person) =>
  context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'SharedWorker')
  })

async function popOutAll(me: Person, friends: readonly Friend[]): Promise<Person[]> {
  const windows: Person[] = []
  for (const friend of friends) {
    await openChat(me, String(friend.me.number))
    const window = await popOut(me)
    await window.page.getByRole('heading', { level: 1, name: friend.me.name }).waitFor()
    windows.push(window)
  }
  return windows
}

/** Each friend writes, and each window shows it once. */
async function expectArrivals(friends: readonly Friend[], windows: readonly Person[], text: string): Promise<void> {
  for (const { device, conversation } of friends) device.send(conversation, text)
  for (const window of windows) {
    await until(async () => (await readTexts(window)).includes(text), 20_000)
    expect((await readTexts(window)).filter((one) => one === text)).toEqual([text])
  }
}

async function countSharedWorkers(): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  await session.detach()
  return targetInfos.filter(({ type }) => type === 'shared_worker').length
}

async function expectOneSocket(): Promise<void> {
  await until(async () => (await countSockets()) === devices.length + 1, 20_000)
}

test('a shell and three chats in windows of their own are one socket; without the shell the others go on', async () => {
  const { me, friends } = await openScene()
  const windows = await popOutAll(me, friends)
  await expectOneSocket()
  expect(await countSharedWorkers()).toBe(1)
  await expectArrivals(friends, windows, 'to each window')

  // What is written in one window stands in the others.
  const [first] = windows
  const [friend] = friends
  if (!first || !friend) throw new Error('There is no window.')
  await openChat(me, String(friend.me.number))
  await write(first, friend.me.name, 'from a window')
  await until(async () => (await readTexts(me)).at(-1) === 'from a window')
  await until(
    () => textOf(friend.device.state().conversations.get(friend.conversation)?.messages.at(-1)) === 'from a window',
  )

  // Who writes is seen, in the list and in the chat, and stops being seen.
  await until(() => {
    // Key by key, as people write: the first ones may be taken for what was sent just before.
    friend.device.typing(friend.conversation)
    return first.page.getByTestId('typing').isVisible()
  })
  await me.page.getByTestId('typing').waitFor()
  await me.page.getByTestId('row-typing').waitFor()
  await takePicture(me, 'typing')
  await takePicture(first, 'typing-window')
  await me.page.getByTestId('typing').waitFor({ state: 'detached' })

  // And the other way round.
  friend.device.look([friend.conversation])
  await first.page.getByLabel(first.say('composer_label', { name: friend.me.name })).pressSequentially('hm')
  await until(() => friend.device.state().conversations.get(friend.conversation)?.typing.length === 1)

  await me.page.close()
  await expectArrivals(friends, windows, 'after the shell')
  await expectOneSocket()
}, 120_000)

test('the same without SharedWorker: one window leads, and another takes over when it is closed', async () => {
  const { me, friends } = await openScene(withoutSharedWorker)
  const windows = await popOutAll(me, friends)
  await expectOneSocket()
  expect(await countSharedWorkers()).toBe(0)
  await expectArrivals(friends, windows, 'to each window')

  await me.page.close()
  await expectArrivals(friends, windows, 'while nobody leads')
  await expectOneSocket()
  const [first] = windows
  const [friend] = friends
  if (!first || !friend) throw new Error('There is no window.')
  await write(first, friend.me.name, 'under a new leader')
  await until(
    () =>
      textOf(friend.device.state().conversations.get(friend.conversation)?.messages.at(-1)) === 'under a new leader',
  )
}, 120_000)

test('a leader that crashes is replaced, and nothing is lost or doubled', async () => {
  const { me, friends } = await openScene(withoutSharedWorker)
  // Opened from nowhere, so that each is a process of its own and dies alone.
  const windows: Person[] = []
  for (const {
    conversation,
    me: { name },
  } of friends) {
    const page = await me.context.newPage()
    await page.goto(`/w/${conversation}`)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    windows.push({ ...me, page })
  }
  await expectOneSocket()
  const [first] = windows
  const [friend] = friends
  if (!first || !friend) throw new Error('There is no window.')
  await crash(me.page)
  await write(first, friend.me.name, 'into the gap')
  await expectArrivals(friends, windows, 'while nobody leads')
  await expectOneSocket()
  const said = () =>
    friend.device
      .state()
      .conversations.get(friend.conversation)
      ?.messages.map((row) => textOf(row) ?? '') ?? []
  await until(() => said().includes('into the gap'))
  expect(said().toSorted()).toEqual(['into the gap', 'while nobody leads'])
}, 120_000)

async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  // It is never answered.
  void session.send('Page.crash').catch(() => undefined)
  await crashed
}
