/** Opening a group of 5,000 in a page that is there: from the press on its row to header, messages and members. */
import type { BrowserContext } from 'playwright-core'
import { makeScratch, withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { makeGroup } from './groups.ts'
import { withBrowser } from './web-browser.ts'
import { watchGroup, watchLoading, type GroupOpening } from './web-watch.ts'
import { foldersOf, startOn } from './web-world.ts'
import { callServer } from './world.ts'

const opens = (site: Site) => (site.isQuick ? 3 : 5)
const messages = 100

/** Each time after the page was loaded anew, since the first opening is the slowest; the very first keeps nothing yet. */
async function measureGroup(site: Site): Promise<readonly Sample[]> {
  return withScratch(makeScratch(site.parent), async (folder) => {
    const { server: data, profile } = foldersOf({ path: folder })
    const { conversation, tokens } = await makeGroup(data)
    const port = 12_000 + Math.floor(Math.random() * 20_000)
    const server = await startOn(port, data)
    for (let index = 0; index < messages; index += 1) {
      const body = { kind: 'text', text: `message ${index}, as long as people's messages are` } as const
      await callServer(port, 'messages.send', { conversation, id: crypto.randomUUID(), body }, tokens[index % 50] ?? '')
    }
    const openings = await withBrowser({ profile, port }, async (context) => {
      const [owner = ''] = tokens
      await context.addCookies([{ name: 'rookery', value: owner, url: `http://127.0.0.1:${port}` }])
      const all: GroupOpening[] = []
      while (all.length < opens(site)) all.push(await open(context, conversation))
      return all
    })
    await server.stop()
    const worst = (part: keyof GroupOpening) => Math.max(...openings.map((opening) => opening[part]))
    return [{ value: worst('all'), details: { messages: worst('messages') } }]
  })
}

async function open(context: BrowserContext, conversation: number): Promise<GroupOpening> {
  const page = await context.newPage()
  await page.goto('/')
  await page.locator(`[data-testid="conversation"][data-id="${conversation}"]`).waitFor()
  await page.evaluate(watchLoading)
  const opening = await page.evaluate(watchGroup, conversation)
  await page.close()
  return opening
}

export const groupPageMeasurement: Measurement = { figures: [figure('web.group', 'ms', 'less')], measure: measureGroup }
