/** Groups: made, run and left, by people at browsers. */
import { expect, test } from 'bun:test'
import { spawnServer, until, type LogIn } from '../harness.ts'
import { chooseFromPlus, examine, examineBoth, takePicture, takePictures, type Person } from './browser.ts'
import { ask, confirm, makeCircle, press, pressItem, see } from './circle.ts'
import { setStage } from './stage.ts'

const stage = setStage(spawnServer)

const member = ({ page }: Person, { me }: LogIn) => page.locator(`[data-testid="member"][data-number="${me.number}"]`)
const choice = ({ page }: Person, { me }: LogIn) => page.locator(`[data-testid="choice"][data-number="${me.number}"]`)
const panel = ({ page }: Person) => page.getByTestId('group-panel')

test('a group is made of contacts, and run: name, notice, roles, silence, invitations, removal', async () => {
  const [owner, admin, guest, late] = await makeCircle(stage.server.url, ['owner', 'admin', 'guest', 'late'])
  if (!owner || !admin || !guest || !late) throw new Error('Nobody.')
  const one = await stage.enter('en', owner)
  const two = await stage.enter('zh-CN', admin)

  await chooseFromPlus(one, 'group_create')
  await one.page.getByLabel(one.say('group_name')).fill('Rook <b>club</b>')
  for (const who of [admin, guest]) await choice(one, who).click()
  expect(await examineBoth(one)).toEqual([])
  await press(one, 'group_create_submit_count', { count: 3 })
  await member(one, guest).waitFor()
  expect(await panel(one).getByTestId('member').count()).toBe(3)
  await panel(one).getByText('Rook <b>club</b>').first().waitFor()

  // The other one has it at once; a plain member runs nothing.
  const id = /\/c\/(\d+)/.exec(one.page.url())?.[1] ?? ''
  await two.page.goto(`/c/${id}`)
  await member(two, owner).waitFor()
  expect(
    await panel(two)
      .getByRole('button', { name: two.say('group_settings_short') })
      .count(),
  ).toBe(0)

  // Name and notice, seen by the other.
  await press(one, 'group_settings_short')
  const dialog = one.page.getByRole('dialog')
  await dialog.getByLabel(one.say('group_name')).fill('R'.repeat(40))
  await dialog.getByText('32/32').waitFor()
  await dialog.getByLabel(one.say('group_name')).fill('Rook club')
  expect(await dialog.getByText('/32').count()).toBe(0)
  await dialog.getByLabel(one.say('group_notice')).fill('Two lines,\nno <i>tags</i>')
  await dialog.getByText(one.say('group_joining_open'), { exact: true }).click()
  expect(await examine(one)).toEqual([])
  // What is typed outlives the panel that it was opened from, which has no room in a narrower window.
  for (const width of [1000, 390, 1440]) {
    await one.page.setViewportSize({ width, height: 900 })
    await panel(one).waitFor({ state: width === 1440 ? 'visible' : 'hidden' })
    expect(await dialog.getByLabel(one.say('group_name')).inputValue()).toBe('Rook club')
  }
  await press(one, 'action_save')
  await until(async () => (await two.page.getByTestId('group-notice').innerText()) === 'Two lines,\nno <i>tags</i>')

  // Admin, and what admins may.
  await member(one, admin).click()
  await takePicture(one, 'member-menu')
  expect(await examine(one)).toEqual([])
  await pressItem(one, 'member_make_admin')
  await member(two, admin).getByText(two.say('group_role_admin')).waitFor()
  await press(two, 'group_settings_short')
  await two.page.getByRole('dialog').waitFor()
  await two.page.keyboard.press('Escape')
  await member(two, guest).click()
  await pressItem(two, 'member_silence')
  await pressItem(two, 'silence_hour')
  await member(one, guest).getByLabel(one.say('group_silenced')).waitFor()
  await member(one, guest).click()
  await pressItem(one, 'member_unsilence')
  await member(two, guest).getByLabel(two.say('group_silenced')).waitFor({ state: 'detached' })

  // A name of one's own here, and the search among the members.
  await panel(two)
    .getByRole('button', { name: two.say('group_nickname') })
    .click()
  await two.page.getByRole('dialog').getByRole('textbox').fill('车')
  await press(two, 'action_save')
  await panel(two).getByText('车').first().waitFor()
  await press(one, 'group_info')
  await panel(one).waitFor({ state: 'detached' })
  await press(one, 'group_info')
  await member(one, admin).getByText('车').last().waitFor()
  await panel(one).getByLabel(one.say('group_member_search')).fill('gue')
  await until(async () => (await panel(one).getByTestId('member').count()) === 1)
  await panel(one).getByLabel(one.say('group_member_search')).fill('')

  // One more comes, one goes.
  await press(one, 'group_invite')
  await choice(one, late).click()
  await press(one, 'group_invite_count', { count: 1 })
  await member(two, late).waitFor()
  await member(one, guest).click()
  await pressItem(one, 'member_remove')
  await confirm(one, 'member_remove')
  await member(two, guest).waitFor({ state: 'detached' })

  // The owner hands it over, and then may leave.
  await press(one, 'group_leave')
  await press(one, 'group_hand_over')
  await choice(one, admin).click()
  await press(one, 'group_hand_over')
  await member(two, admin).getByText(two.say('group_role_owner')).waitFor()
  await until(async () => (await member(one, owner).getByText(one.say('group_role_admin')).count()) === 1)
  await press(one, 'group_leave')
  await confirm(one, 'group_leave')
  await one.page.waitForURL('/')
  await member(two, owner).waitFor({ state: 'detached' })

  // And the new one ends it.
  await press(two, 'group_leave')
  await press(two, 'group_dissolve')
  await confirm(two, 'group_dissolve')
  await two.page.waitForURL('/')
  expect(await two.page.locator(`[href="/c/${id}"]`).count()).toBe(0)
}, 180_000)

test('a link leads in: after log-in, or at once', async () => {
  const [owner, guest, other] = await makeCircle(stage.server.url, ['linker', 'follower', 'another'])
  if (!owner || !guest || !other) throw new Error('Nobody.')
  const { conversation } = await ask(stage.server.url, owner, 'groups.create', { name: '链接群', members: [] })
  const one = await stage.enter('en', owner)
  await one.page.goto(`/c/${conversation}`)
  // Alone there is nobody to hand it to.
  await press(one, 'group_leave')
  await one.page
    .getByRole('alertdialog')
    .getByRole('button', { name: one.say('group_dissolve') })
    .waitFor()
  await one.page.keyboard.press('Escape')
  await press(one, 'group_link_short')
  await press(one, 'group_link_make')
  const link = await one.page.getByRole('dialog').getByRole('textbox').inputValue()
  expect(link).toStartWith(`${stage.server.url}/g#`)
  const [words] = one.say('group_link_until').split('{time}')
  await one.page.getByText(words ?? '').waitFor()

  // Somebody who is not logged in.
  const two = await stage.enter('zh-CN', guest)
  await two.context.clearCookies()
  await two.page.evaluate(() => localStorage.clear())
  await two.page.goto('about:blank')
  await two.page.goto(link)
  await see(two, 'login_for_group')
  await two.page.getByLabel(two.say('login_name')).fill(guest.me.name)
  await two.page.getByLabel(two.say('login_password'), { exact: true }).fill('correct horse')
  await two.page.getByRole('button', { name: two.say('login_submit'), exact: true }).click()
  await two.page.getByTestId('found-group').getByText('链接群').waitFor()
  await takePictures(two, 'group-link')
  expect(await examineBoth(two)).toEqual([])
  await press(two, 'group_join')
  await member(two, guest).waitFor()
  await member(one, guest).waitFor()

  // Somebody who is; and the link that was replaced.
  const three = await stage.enter('en', other)
  await ask(stage.server.url, owner, 'groups.makeLink', { conversation })
  // Nothing stands before it that its parts could wait for; the other pages that are fetched as parts come as soon.
  const soon = { timeout: 3_000 }
  await three.page.goto(link)
  await three.page.getByRole('heading', { name: three.say('group_link_title') }).waitFor(soon)
  await see(three, 'group_link_bad')
  for (const path of ['/contacts', '/settings', '/find']) {
    await three.page.goto(path)
    await three.page.getByRole('main').first().waitFor(soon)
  }
}, 120_000)

test('a group is found by its name, and asked for; its admin lets in or refuses; groups stand in the contacts', async () => {
  const [owner, asker, refused] = await makeCircle(stage.server.url, ['keeper', 'asker', 'refused'])
  if (!owner || !asker || !refused) throw new Error('Nobody.')
  const name = `Reading ${crypto.randomUUID().slice(0, 6)}`
  const { conversation } = await ask(stage.server.url, owner, 'groups.create', { name, members: [] })
  await ask(stage.server.url, owner, 'groups.configure', { conversation, joining: 'request', listed: true })
  const one = await stage.enter('en', owner)
  const two = await stage.enter('zh-CN', asker)

  await chooseFromPlus(two, 'group_find')
  await two.page.getByLabel(two.say('group_find_query')).fill('no such group')
  await press(two, 'add_find')
  await see(two, 'group_find_none')
  await two.page.getByLabel(two.say('group_find_query')).fill(name.slice(0, 10))
  await press(two, 'add_find')
  await press(two, 'group_join_of', { name })
  await two.page.getByLabel(two.say('add_greeting')).fill('我爱读书')
  await press(two, 'add_send')
  await see(two, 'group_join_sent')
  await two.page.keyboard.press('Escape')
  await ask(stage.server.url, refused, 'groups.join', { conversation, greeting: 'Me too' })

  // Both sides see it on top of the contacts, the admin with a badge.
  await one.page.locator('nav').getByTestId('unread').getByText('2').waitFor()
  await one.page.goto('/contacts')
  await two.page.goto('/contacts')
  await see(two, 'group_request_waiting')
  const request = ({ me }: LogIn) => one.page.locator(`[data-testid="group-request"][data-number="${me.number}"]`)
  await request(asker).getByText('我爱读书').waitFor()
  await takePictures(one, 'group-requests')
  expect(await examineBoth(one)).toEqual([])
  await request(asker)
    .getByRole('button', { name: one.say('request_accept_of', { name: asker.me.name }) })
    .click()
  await request(refused)
    .getByRole('button', { name: one.say('request_refuse_of', { name: refused.me.name }) })
    .click()
  await until(async () => (await one.page.getByTestId('group-request').count()) === 0)

  await two.page.getByText(two.say('contacts_groups'), { exact: true }).click()
  await two.page.locator(`[data-testid="group"][data-group="${conversation}"]`).click()
  await member(two, asker).waitFor()
  const three = await stage.enter('en', refused)
  await three.page.goto('/contacts')
  await see(three, 'group_request_refused')
}, 120_000)

test('on a narrow screen all about a group is a page', async () => {
  const [owner, guest] = await makeCircle(stage.server.url, ['walker', 'walked'])
  if (!owner || !guest) throw new Error('Nobody.')
  const { conversation } = await ask(stage.server.url, owner, 'groups.create', {
    name: 'Pocket',
    members: [guest.me.number],
  })
  const one = await stage.enter('zh-CN', owner)
  await one.page.setViewportSize({ width: 390, height: 844 })
  await one.page.goto(`/c/${conversation}`)
  await press(one, 'group_info')
  await one.page.waitForURL(`/c/${conversation}/info`)
  await member(one, guest).click()
  await pressItem(one, 'member_profile')
  await one.page.getByTestId('profile').waitFor()
  await one.page.keyboard.press('Escape')
  expect(await examine(one)).toEqual([])
  await press(one, 'group_settings_short')
  await one.page.getByRole('dialog').getByLabel(one.say('group_notice')).waitFor()
  expect(await examine(one)).toEqual([])
  await takePicture(one, 'group-settings-390')
  await one.page.keyboard.press('Escape')
  const small = await panel(one)
    .getByRole('button')
    .evaluateAll((buttons) => buttons.filter((button) => button.getBoundingClientRect().height < 44).length)
  expect(small).toBe(0)
  await one.page.goBack()
  await one.page.waitForURL(`/c/${conversation}`)
}, 120_000)
