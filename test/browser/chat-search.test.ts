/** Finding a place in a long chat: by words, by day, by an address; and taking the whole of it along. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'bun:test'
import type { Download } from 'playwright-core'
import { startTestServer, until } from '../harness.ts'
import { examineBoth, messagesOf, takePictures, type Person } from './browser.ts'
import { ask } from './circle.ts'
import { makeGroup, sayIn, sitDown, type Group } from './group-scene.ts'
import { setStage } from './stage.ts'

const stage = setStage(startTestServer)

const count = 420

/** A group with more in it than a device is sent at first. */
async function makeLongGroup(): Promise<Group> {
  const group = await makeGroup(stage.server.url)
  const [owner, two] = group.people
  for (let number = 1; number <= count; number += 1) {
    const text = number === 40 ? '藏在这里的针 <script>alert(1)</script>' : `message ${number}`
    await sayIn(group.url, number % 2 === 0 ? owner : two, group.conversation, text)
  }
  return group
}

const shown = ({ page }: Person, seq: number) => page.locator(`[data-testid=message][data-seq="${seq}"]`)

async function isInSight(person: Person, seq: number): Promise<boolean> {
  const [row, list] = await Promise.all([
    shown(person, seq)
      .boundingBox({ timeout: 200 })
      .catch(() => null),
    person.page.getByTestId('messages').boundingBox(),
  ])
  return row !== null && list !== null && row.y >= list.y && row.y + row.height <= list.y + list.height
}

async function exportAs(person: Person, format: string): Promise<Download> {
  const { page, say } = person
  const download = page.waitForEvent('download')
  await page
    .locator('header')
    .getByRole('button', { name: say('chat_more') })
    .click()
  await page.getByRole('menuitem', { name: say('export_chat') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(format, { exact: true }).click()
  await dialog.getByRole('button', { name: say('export_start'), exact: true }).click()
  const file = await download
  await dialog.getByText(say('export_done', { count: count + 2 })).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  return file
}

test('[D7] [D9] words, a day and an address lead to a place that is not on the device, and back; the whole is exported', async () => {
  const { url, conversation, people } = await makeLongGroup()
  const [owner, two] = people
  const one = await sitDown(stage.browser, url, owner, conversation, 'zh-CN')
  const { page, say } = one
  await until(() => isInSight(one, count + 1))

  // By words: one Chinese letter is enough.
  await page.keyboard.press('Control+f')
  const field = page.locator('[data-search-chat]')
  await field.fill('针')
  const found = page.getByTestId('found')
  await until(async () => (await found.count()) === 1)
  expect(await found.innerText()).toContain('message 39')
  expect(await found.locator('mark').innerText()).toBe('针')
  await takePictures(one, 'chat-search')
  expect(await examineBoth(one)).toEqual([])
  await found.click()
  await until(() => isInSight(one, 41))
  expect(await shown(one, count + 1).count()).toBe(0)

  // From there on, newer messages come by scrolling; a press leads back to the newest.
  await page.keyboard.press('Escape')
  const list = page.getByTestId('messages')
  await until(async () => {
    // Not to the end at once: there the press would have nothing to do.
    await list.evaluate((element) => element.scrollBy(0, 800))
    return (await shown(one, 100).count()) > 0
  }, 20_000)
  await page.getByRole('button', { name: say('chat_jump'), exact: true }).click()
  await until(() => isInSight(one, count + 1))

  // By a day: today began with the first message.
  await page.keyboard.press('Control+f')
  await page.getByRole('button', { name: say('date_jump') }).click()
  await page.locator('button[aria-current=date]').waitFor()
  await takePictures(one, 'date-jump')
  await page.locator('button[aria-current=date]').click()
  await until(() => isInSight(one, 1).then((first) => first || isInSight(one, 2)))

  // By an address, as the search over all chats gives it.
  await page.goto(`/c/${conversation}?at=200`)
  await until(() => isInSight(one, 200))
  expect(new URL(page.url()).search).toBe('')

  // The whole of it, but for what was taken back.
  const seq = await sayIn(url, two, conversation, 'a secret')
  await ask(url, two, 'messages.recall', { conversation, seq })
  await ask(url, two, 'messages.recall', { conversation, seq: 2 })
  const html = readFileSync(await (await exportAs(one, 'HTML')).path(), 'utf8')
  expect(html.match(/<article>/g)).toHaveLength(count - 1)
  expect(html).toContain('藏在这里的针 &lt;script&gt;')
  expect(html).not.toMatch(/a secret|<script|message 1</)
  const json = JSON.parse(readFileSync(await (await exportAs(one, 'JSON')).path(), 'utf8')) as { messages: unknown[] }
  expect(json.messages).toHaveLength(count + 2)

  // Opened from the disk it runs nothing.
  const reader = await one.context.newPage()
  const alerts: string[] = []
  reader.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.dismiss()
  })
  await reader.setContent(html)
  expect(await reader.locator('article').count()).toBe(count - 1)
  expect(alerts).toEqual([])
  await reader.close()
  expect(await messagesOf(one).count()).toBeGreaterThan(0)
  expect(one.faults).toEqual([])
}, 240_000)
