/** Contacts: in groups, under names of one's own, blocked; and what one shows of oneself. */
import { expect, test } from 'bun:test'
import { spawnServer, until, type LogIn } from '../harness.ts'
import { chooseFromCard, examine, examineBoth, openSection, takePictures, type Person } from './browser.ts'
import { ask, confirm, makeCircle, press, pressItem, see } from './circle.ts'
import { setStage } from './stage.ts'

const stage = setStage(spawnServer)

const contact = ({ page }: Person, { me }: LogIn) => page.locator(`[data-testid="contact"][data-peer="${me.number}"]`)
const group = ({ page }: Person, name: string) => page.locator(`[data-testid="contact-group"][data-group="${name}"]`)

/** How many are online, and all, as the line of a contact group says it. */
async function counts(person: Person, name: string): Promise<string> {
  const text = await group(person, name).innerText()
  return /\d+\/\d+/.exec(text)?.[0] ?? ''
}

async function openGroups(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: person.say('contacts_more'), exact: true }).click()
  await pressItem(person, 'contact_groups_title')
}

test('contacts stand in groups with who is online; groups are made, renamed, put in order and deleted', async () => {
  const [owner, one, two, three] = await makeCircle(stage.server.url, ['host', 'first', 'second', 'third'])
  if (!owner || !one || !two || !three) throw new Error('Nobody.')
  const me = await stage.enter('zh-CN', owner)
  await stage.enter('en', one)
  await openSection(me, 'nav_contacts')
  await until(async () => (await counts(me, '')) === '1/3')

  await openGroups(me)
  for (const name of ['同事', '家人']) {
    await press(me, 'contact_groups_add')
    await me.page.getByLabel(me.say('contact_groups_name')).last().fill(name)
  }
  expect(await examineBoth(me)).toEqual([])
  await press(me, 'contact_groups_up', { name: '家人' })
  await press(me, 'action_save')
  await group(me, '家人').waitFor()
  const names = await me.page
    .getByTestId('contact-group')
    .evaluateAll((lines) => lines.map((line) => line.dataset.group))
  expect(names).toEqual(['', '家人', '同事'])

  // Moved from the card.
  await contact(me, one).click()
  await me.page.getByLabel(me.say('profile_group')).selectOption('同事')
  await until(async () => (await counts(me, '同事')) === '1/1')
  await contact(me, two).click()
  await me.page.getByLabel(me.say('profile_group')).selectOption('同事')
  await until(async () => (await counts(me, '同事')) === '1/2')
  expect(await counts(me, '')).toBe('0/1')
  await takePictures(me, 'contact-groups')

  // However much somebody says of themselves, it stays in its row.
  await ask(stage.server.url, three, 'accounts.updateProfile', { signature: 'on and '.repeat(14) })
  await contact(me, three).getByText('on and').waitFor()
  const { scrollWidth, clientWidth } = await contact(me, three).evaluate((row) => ({
    scrollWidth: row.scrollWidth,
    clientWidth: row.clientWidth,
  }))
  expect(scrollWidth).toBe(clientWidth)

  // Folded, also after the page was loaded anew.
  await group(me, '同事').click()
  await contact(me, one).waitFor({ state: 'detached' })
  await me.page.reload()
  await group(me, '同事').waitFor()
  expect(await group(me, '同事').getAttribute('aria-expanded')).toBe('false')
  expect(await contact(me, one).count()).toBe(0)

  // Renamed, it keeps its people; deleted, they are in the first.
  await openGroups(me)
  await me.page.getByLabel(me.say('contact_groups_name')).last().fill('Work')
  await press(me, 'action_save')
  await until(async () => (await counts(me, 'Work')) === '1/2')
  await openGroups(me)
  await press(me, 'contact_groups_delete', { name: 'Work' })
  await press(me, 'action_save')
  await until(async () => (await counts(me, '')) === '1/3')
}, 120_000)

test('a remark is what a contact is called here; who is blocked is away, and in the settings', async () => {
  const [owner, friend] = await makeCircle(stage.server.url, ['namer', 'named'])
  if (!owner || !friend) throw new Error('Nobody.')
  const me = await stage.enter('en', owner)
  await openSection(me, 'nav_contacts')
  await contact(me, friend).click()
  await me.page.getByRole('button', { name: me.say('profile_remark_edit') }).click()
  await me.page.getByLabel(me.say('profile_remark'), { exact: true }).fill('班长')
  await press(me, 'action_save')
  await contact(me, friend).getByText('班长').last().waitFor()
  await takePictures(me, 'profile')
  expect(await examineBoth(me)).toEqual([])

  await chooseFromCard(me, 'profile_block')
  await confirm(me, 'profile_block')
  await contact(me, friend).waitFor({ state: 'detached' })
  await openSection(me, 'nav_settings')
  const row = me.page.locator(`[data-testid="blocked"][data-peer="${friend.me.number}"]`)
  await row.getByText('班长').last().waitFor()
  expect(await examineBoth(me)).toEqual([])
  await press(me, 'settings_unblock_of', { name: '班长' })
  await row.waitFor({ state: 'detached' })
  await openSection(me, 'nav_contacts')
  await contact(me, friend).waitFor()

  // A group with this contact chosen already.
  await contact(me, friend).click()
  await chooseFromCard(me, 'profile_make_group')
  await press(me, 'group_create_submit_count', { count: 2 })
  await me.page.getByTestId('group-panel').getByText('班长').first().waitFor()
}, 120_000)

test('name, signature and picture of oneself are seen by the others', async () => {
  const [owner, friend] = await makeCircle(stage.server.url, ['artist', 'viewer'])
  if (!owner || !friend) throw new Error('Nobody.')
  const me = await stage.enter('en', owner)
  const other = await stage.enter('zh-CN', friend)
  await openSection(me, 'nav_settings')
  await press(me, 'profile_name_edit')
  await me.page.getByRole('dialog').getByRole('textbox').fill('12345')
  await press(me, 'action_save')
  await see(me, 'profile_name_bad')
  await me.page.getByRole('dialog').getByRole('textbox').fill('Vera <i>')
  await press(me, 'action_save')
  await press(me, 'profile_signature_edit')
  await me.page.getByRole('dialog').getByRole('textbox').fill('春天里')
  await press(me, 'action_save')
  await me.page.getByTestId('my-signature').getByText('春天里').waitFor()

  // No picture; then one that is far too large and not square.
  const file = me.page.getByTestId('avatar-file')
  await file.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await see(me, 'avatar_unreadable')
  await me.page.keyboard.press('Escape')
  await file.setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: await drawPicture(me) })
  await me.page.getByTestId('crop').waitFor()
  await me.page.getByRole('slider').fill('2')
  await me.page.getByRole('button', { name: me.say('avatar_move') }).press('ArrowLeft')
  expect(await examine(me)).toEqual([])
  await takePictures(me, 'avatar-crop')
  await press(me, 'action_save')
  const own = me.page.locator('main img[data-state="here"]')
  await own.waitFor()
  const { type, size, width, height } = await own.evaluate(async (image: HTMLImageElement) => {
    const blob = await (await fetch(image.src)).blob()
    return { type: blob.type, size: blob.size, width: image.naturalWidth, height: image.naturalHeight }
  })
  expect(type).toBe('image/webp')
  expect(size).toBeLessThanOrEqual(40 * 1024)
  expect([width, height]).toEqual([256, 256])

  // The other one sees all of it, at once.
  await openSection(other, 'nav_contacts')
  const row = contact(other, owner)
  await row.getByText('Vera <i>').waitFor()
  await row.getByText('春天里').waitFor()
  await row.locator('img[data-state="here"]').waitFor()
  await takePictures(other, 'contact-picture')

  await press(me, 'avatar_remove')
  await own.waitFor({ state: 'detached' })
  await row.locator('img').waitFor({ state: 'detached' })
  expect(await ask(stage.server.url, friend, 'people.get', { numbers: [owner.me.number] })).toMatchObject({
    people: [{ name: 'Vera <i>', signature: '春天里', avatar: '' }],
  })
}, 120_000)

/** Noise: what compresses worst. */
async function drawPicture({ page }: Person): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 1600
    canvas.height = 900
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No canvas.')
    const image = context.createImageData(canvas.width, canvas.height)
    image.data.forEach((_, index) => {
      image.data[index] = index % 4 === 3 ? 255 : (index * 7919) % 256
    })
    context.putImageData(image, 0, 0)
    return canvas.toDataURL('image/png')
  })
  return Buffer.from(url.split(',')[1] ?? '', 'base64')
}
