/** The search: people, groups, messages; the page of all results, and the way to a result's place. */
import { expect, test } from 'bun:test'
import { signUp, spawnServer, until, type LogIn } from '../harness.ts'
import { examineBoth, takePictures, type Person } from './browser.ts'
import { ask, makeCircle, press, see } from './circle.ts'
import { setStage } from './stage.ts'

const stage = setStage(spawnServer)

async function say(who: LogIn, conversation: number, text: string): Promise<void> {
  const body = { kind: 'text', text } as const
  await ask(stage.server.url, who, 'messages.send', { conversation, id: crypto.randomUUID(), body })
}

async function search({ page }: Person, query: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(query)
}

test('one field finds people, groups and messages, here and on the server', async () => {
  const [owner, friend] = await makeCircle(stage.server.url, ['searcher', 'Ada'])
  if (!owner || !friend) throw new Error('Nobody.')
  const stranger = await signUp(stage.server.url, `Ada Stranger ${crypto.randomUUID().slice(0, 6)}`)
  await ask(stage.server.url, owner, 'contacts.arrange', { number: friend.me.number, remark: '数学家' })
  const mine = await ask(stage.server.url, owner, 'groups.create', { name: 'Ada club', members: [friend.me.number] })
  const theirs = await ask(stage.server.url, stranger, 'groups.create', { name: 'Ada readers', members: [] })
  await ask(stage.server.url, stranger, 'groups.configure', {
    conversation: theirs.conversation,
    joining: 'open',
    listed: true,
  })
  for (let index = 0; index < 5; index += 1) await say(friend, mine.conversation, `Ada said ${index} <mark>`)

  const me = await stage.enter('en', owner)
  // Also where there is no field to search in.
  await me.page.goto('/settings')
  await me.page.getByRole('heading', { name: me.say('settings_title') }).waitFor()
  await search(me, 'ada')
  const found = me.page.getByTestId('found')
  await found.locator(`[data-testid="person-hit"][data-number="${friend.me.number}"]`).waitFor()
  await found.locator(`[data-testid="new-person-hit"][data-number="${stranger.me.number}"]`).waitFor()
  await found.locator(`[data-testid="group-hit"][data-group="${mine.conversation}"]`).waitFor()
  const unknown = found.locator(`[data-testid="new-group-hit"][data-group="${theirs.conversation}"]`)
  await unknown.waitFor()
  await found.getByTestId('chat-hits').getByText('5', { exact: false }).first().waitFor()
  await takePictures(me, 'search')
  expect(await examineBoth(me)).toEqual([])

  // By remark, and by number.
  const field = me.page.getByRole('searchbox').first()
  await field.fill('数学')
  await found.locator(`[data-testid="person-hit"][data-number="${friend.me.number}"]`).waitFor()
  await field.fill(String(friend.me.number))
  await found.locator(`[data-testid="person-hit"][data-number="${friend.me.number}"]`).waitFor()
  await field.fill('no such thing at all')
  await see(me, 'search_none')

  // An open group is joined from here.
  await field.fill('ada readers')
  await unknown.click()
  await press(me, 'group_join')
  await me.page.waitForURL(`/c/${theirs.conversation}`)
}, 120_000)

test('all results: by chat, person, kind and day, page by page, each between its neighbours; a result leads to its place', async () => {
  const [owner, friend] = await makeCircle(stage.server.url, ['finder', 'talker'])
  if (!owner || !friend) throw new Error('Nobody.')
  const { conversation } = await ask(stage.server.url, owner, 'groups.create', {
    name: '发布',
    members: [friend.me.number],
  })
  for (let index = 0; index < 70; index += 1)
    await say(
      index % 2 === 0 ? owner : friend,
      conversation,
      `清单 ${index}${index === 7 ? ' https://example.org/a' : ''}`,
    )
  const me = await stage.enter('zh-CN', owner)
  await search(me, '清单')
  await me.page.getByTestId('chat-hits').click()
  await me.page.waitForURL(/\/find\?q=/)
  const hits = me.page.getByTestId('hits')
  await hits.getByText('清单 68', { exact: false }).first().waitFor()
  await takePictures(me, 'find')
  expect(await examineBoth(me)).toEqual([])

  // To the very end.
  await until(async () => {
    await hits.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
    return (await hits.getByText('清单 0', { exact: false }).count()) > 0
  })

  const filter = (key: 'search_kind' | 'search_person' | 'search_chat', value: string) =>
    me.page.getByLabel(me.say(key), { exact: true }).selectOption(value)
  await filter('search_kind', 'link')
  await until(async () => (await me.page.getByTestId('hit').count()) === 1)
  await me.page.getByTestId('hit').getByText('清单 6').waitFor()
  await me.page.getByTestId('hit').getByText('清单 8').waitFor()
  await filter('search_person', String(owner.me.number))
  await see(me, 'search_none')
  await filter('search_person', String(friend.me.number))
  await until(async () => (await me.page.getByTestId('hit').count()) === 1)
  await me.page.getByLabel(me.say('search_until')).fill('2020-01-01')
  await see(me, 'search_none')
  await me.page.reload()
  await see(me, 'search_none')
  await me.page.getByLabel(me.say('search_until')).fill('')
  const seq = await me.page.getByTestId('hit').getAttribute('data-seq')
  expect(await me.page.getByTestId('hit').getAttribute('href')).toBe(`/c/${conversation}?at=${seq}`)
  await me.page.getByTestId('hit').click()
  await me.page.waitForURL((url) => url.pathname === `/c/${conversation}`)
  await me.page.getByTestId('message').getByText('清单 7 ').waitFor()
}, 120_000)
