/** A group as large as groups may be, on the screen. */
import { expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import { openSqliteStore } from '../../packages/server/store/sqlite/store.ts'
import { makeFolder, signUp, spawnServer, until } from '../harness.ts'
import { examineBoth, launchBrowser, takePictures } from './browser.ts'
import { enter } from './circle.ts'

/** Straight into the store: passwords would cost more than everything else together. */
async function fill(folder: string, owner: number): Promise<number> {
  const store = await openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })
  const at = Date.now()
  const numbers = await Promise.all(
    Array.from({ length: LIMITS.groupMembers - 1 }, async (_, index) => {
      const name = `member ${index}`
      const made = await store.accounts.create({
        number: null,
        password_hash: 'none',
        role: 'member',
        ticket: null,
        name,
        folded_name: name,
        handle: name,
        at,
      })
      if (!made.ok) throw new Error(made.code)
      return made.value.number
    }),
  )
  const made = await store.groups.create({ name: 'Everybody', folded_name: 'everybody', owner })
  if (!made.ok) throw new Error(made.code)
  const { conversation } = made.value
  const changed = await store.groups.change({
    conversation,
    expect: 0,
    set: {},
    rows: [owner, ...numbers].map((number) => ({
      row: 'membership',
      owner: number,
      conversation,
      set: { joins: 'with_history', role: number === owner ? 'owner' : 'member' },
      expect: 0,
    })),
    event: null,
  })
  if (!changed.ok || changed.value === 'stale') throw new Error('The group was not filled.')
  await store.close()
  return conversation
}

test('a group of 5,000 opens at once: of its members those in sight are drawn, the others come as one scrolls, any is found', async () => {
  const folder = makeFolder()
  const settings = { ROOKERY_DATA: folder }
  const before = await spawnServer(settings)
  const owner = await signUp(before.url, 'owner of many')
  await before.stop()
  const conversation = await fill(folder, owner.me.number)
  const [browser, server] = await Promise.all([launchBrowser(), spawnServer(settings)])
  const me = await enter(browser, server.url, 'en', owner)
  const { page } = me

  // What it is made of is here already, as after the first group that somebody opens.
  await page.goto(`/c/${conversation}`)
  const members = page.getByTestId('member')
  await members.first().waitFor()
  await page.goto('/contacts')
  await page.getByText(me.say('contacts_groups'), { exact: true }).click()
  await page.getByTestId('group').waitFor()
  const took = await page.evaluate(async () => {
    const began = performance.now()
    document.querySelector<HTMLElement>('[data-testid="group"]')?.click()
    while (document.querySelector('[data-testid="member"]') === null)
      await new Promise((resolve) => {
        requestAnimationFrame(resolve)
      })
    return performance.now() - began
  })
  console.log(
    `A group of ${LIMITS.groupMembers} with its members, from the press to the picture: ${Math.round(took)} ms`,
  )
  expect(took).toBeLessThan(1000)
  expect(await members.count()).toBeLessThan(100)
  expect(await members.first().locator('..').getAttribute('aria-setsize')).toBe(String(LIMITS.groupMembers))

  // To the last of them, page by page.
  const last = page.getByTestId('members').locator(`[aria-posinset="${LIMITS.groupMembers}"]`)
  await until(async () => {
    await page.getByTestId('members').evaluate((list) => list.parentElement?.scrollBy(0, 100_000))
    return (await last.count()) > 0
  }, 30_000)
  expect(await members.count()).toBeLessThan(100)

  await page.getByLabel(me.say('group_member_search')).fill('member 4321')
  await until(async () => (await members.count()) === 1)
  expect(await members.innerText()).toContain('member 4321')
  await page.getByLabel(me.say('group_member_search')).fill('')
  await takePictures(me, 'large-group')
  expect(await examineBoth(me)).toEqual([])
  expect(me.faults).toEqual([])
  await browser.close()
  await server.stop()
}, 180_000)
