/** How people appear to each other on the screen: statuses, being away, hiding, last seen. */
import { expect, test } from 'bun:test'
import { makeFolder, makePair, spawnServer, until, type LogIn } from '../harness.ts'
import { examine, openChat, openSection, takePicture, takePictures, type Locale, type Person } from './browser.ts'
import { setStage } from './stage.ts'

const stage = setStage(() => spawnServer({ ROOKERY_DATA: makeFolder() }))

type Seated = Person & { readonly as: LogIn }

async function sit(as: LogIn, peer: LogIn, locale: Locale): Promise<Seated> {
  const person = await stage.enter(locale, as)
  await openChat(person, String(peer.me.number))
  return { ...person, as }
}

const presence = ({ page }: Person) => page.getByTestId('presence')
const looksLike = (person: Person, status: string, milliseconds?: number) =>
  until(async () => (await presence(person).getAttribute('data-status')) === status, milliseconds)

async function setStatus({ page, say }: Person, from: Parameters<Person['say']>[0], to: Parameters<Person['say']>[0]) {
  await page.getByRole('button', { name: say('status_menu', { status: say(from) }) }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(`^${say(to)}`) }).click()
}

test('[P90] [P92] [P94] a status is set from the rail and seen in the chat; whoever turns invisible was last seen then', async () => {
  const { one, other } = await makePair(stage.server.url)
  const [me, friend] = [await sit(one, other, 'en'), await sit(other, one, 'zh-CN')]
  await looksLike(friend, 'online')
  await setStatus(me, 'presence_online', 'presence_busy')
  await looksLike(friend, 'busy')
  expect(await presence(friend).innerText()).toBe(friend.say('presence_busy'))
  await takePictures(friend, 'status-busy')
  await me.page.getByRole('button', { name: me.say('status_menu', { status: me.say('presence_busy') }) }).click()
  await me.page.getByRole('menuitemradio').first().waitFor()
  const found = await examine(me)
  await takePicture(me, 'status-menu')
  await me.page.getByRole('menuitemradio', { name: /^Away/ }).click()
  await looksLike(friend, 'away')
  found.push(...(await examine(friend)))
  await setStatus(me, 'presence_away', 'status_invisible')
  await looksLike(friend, 'offline')
  await until(async () => /^最后在线：\d\d:\d\d$/.test(await presence(friend).innerText()))
  await takePictures(friend, 'status-last-seen')
  await looksLike(me, 'online')

  // On a telephone it is among the settings.
  await me.page.setViewportSize({ width: 390, height: 844 })
  await me.page.goto('/settings')
  await setStatus(me, 'status_invisible', 'presence_online')
  await me.page.getByTestId('my-status').getByText(me.say('presence_online')).waitFor()
  found.push(...(await examine(me)))
  await looksLike(friend, 'online')
  expect(found).toEqual([])
  for (const person of [me, friend]) expect(person.faults).toEqual([])
}, 120_000)

test('[P91] whoever has not touched any window for ten minutes is away until the next touch', async () => {
  const { one, other } = await makePair(stage.server.url)
  const [me, friend] = [await sit(one, other, 'en'), await sit(other, one, 'en')]
  await looksLike(friend, 'online')
  await me.page.evaluate(() => localStorage.setItem('rookery.touched', String(Date.now() - 11 * 60_000)))
  await looksLike(friend, 'away', 30_000)
  await until(async () => {
    await me.page.mouse.move(200 + Math.random() * 100, 300)
    return (await presence(friend).getAttribute('data-status')) === 'online'
  })
  for (const person of [me, friend]) expect(person.faults).toEqual([])
}, 90_000)

test('[P93] the switch on a contact’s card hides from that contact, and from nobody else', async () => {
  const { one, other } = await makePair(stage.server.url)
  const [me, friend] = [await sit(one, other, 'zh-CN'), await sit(other, one, 'en')]
  await looksLike(friend, 'online')
  await openSection(me, 'nav_contacts')
  await me.page.getByTestId('contact').click()
  const hide = me.page.getByRole('switch', { name: me.say('profile_hidden', { name: other.me.name }) })
  await hide.click()
  await looksLike(friend, 'offline')
  expect(await presence(friend).innerText()).toBe(friend.say('presence_offline_waits'))
  await until(() => hide.isChecked())
  await takePictures(me, 'profile-hidden')
  const found = await examine(me)
  await me.page.setViewportSize({ width: 390, height: 844 })
  found.push(...(await examine(me)))
  await me.page.setViewportSize({ width: 1440, height: 900 })
  await hide.click()
  await looksLike(friend, 'online')
  expect(found).toEqual([])
  for (const person of [me, friend]) expect(person.faults).toEqual([])
}, 90_000)
