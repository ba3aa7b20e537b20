/** The page in a real browser: what it loads, how soon it is there, and whether it holds still under a burst. */
import type { BrowserContext } from 'playwright-core'
import { makeScratch, withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { encodeText, type RawSocket } from './load/web-socket.ts'
import { connect } from './load/log-in.ts'
import { median } from './statistics.ts'
import { hasBrowser, withBrowser } from './web-browser.ts'
import { groupPageMeasurement } from './web-group.ts'
import { watchFrames, watchLoading, watchOpening, weighFirstPaint, type Opening } from './web-watch.ts'
import { foldersOf, newestSeq, startOn, webWorld } from './web-world.ts'

const opens = (site: Site) => (site.isQuick ? 3 : 5)
const burst = 1_000

/** A browser that has never been here: everything that it asks for, headers too, until something is painted. */
async function measureBytes(site: Site): Promise<readonly Sample[]> {
  const { port } = await webWorld(site)
  return withScratch(makeScratch(site.parent), async (folder) => {
    const { server: data, profile } = foldersOf({ path: folder })
    const server = await startOn(port, data)
    const headers = { 'accept-encoding': 'gzip' }
    const { bytes, files } = await withBrowser({ profile, port, headers }, async (context) => {
      const page = await context.newPage()
      await page.goto('/')
      await page.locator('form').waitFor()
      await page.waitForLoadState('networkidle')
      return page.evaluate(weighFirstPaint)
    })
    await server.stop()
    return [{ value: bytes / 1024, details: { files } }]
  })
}

/** With the server, then without it: the browser is another one each time, and so are its workers. */
async function measureOpen(site: Site): Promise<readonly Sample[]> {
  const { port, conversation, copy } = await webWorld(site)
  const scratch = copy()
  return withScratch(scratch, async () => {
    const { server: data, profile } = foldersOf(scratch)
    const path = `/c/${conversation}`
    const server = await startOn(port, data)
    const online: Opening[] = []
    const offline: Opening[] = []
    while (online.length < opens(site)) online.push(await withBrowser({ profile, port }, (it) => open(it, path)))
    await server.stop()
    while (offline.length < opens(site)) offline.push(await withBrowser({ profile, port }, (it) => open(it, path)))
    return [summarize(online), summarize(offline)]
  })
}

async function open(context: BrowserContext, path: string): Promise<Opening> {
  const page = await context.newPage()
  await page.goto(path, { waitUntil: 'commit' })
  return page.evaluate(watchOpening, newestSeq)
}

function summarize(openings: readonly Opening[]): Sample {
  const part = (name: keyof Opening) => median(openings.map((opening) => opening[name]))
  return { value: part('all'), details: { paint: part('paint'), list: part('list') } }
}

/** The other one's socket gives them to the server as fast as it answers. */
async function measureBurst(site: Site): Promise<readonly Sample[]> {
  const { port, conversation, peerToken, copy } = await webWorld(site)
  const scratch = copy()
  return withScratch(scratch, async () => {
    const { server: data, profile } = foldersOf(scratch)
    const server = await startOn(port, data)
    const { longest, ...details } = await withBrowser({ profile, port }, async (context) => {
      const page = await context.newPage()
      await page.goto(`/c/${conversation}`)
      await page.evaluate(watchOpening, newestSeq)
      // What follows the opening at leisure, the parts of dialogs for one, is no part of the burst.
      await page.evaluate(watchLoading)
      const watching = page.evaluate(watchFrames, newestSeq + burst)
      await sendBurst(port, peerToken, conversation)
      return watching
    })
    await server.stop()
    return [{ value: longest, details }]
  })
}

/** As many on the way at once as one socket may have. */
async function sendBurst(port: number, token: string, conversation: number): Promise<void> {
  const done = Promise.withResolvers<void>()
  let [sent, answered] = [0, 0]
  let socket: RawSocket | null = null
  socket = await connect(port, token, {
    lost: (reason) => done.reject(new Error(reason)),
    frame(bytes, start, end) {
      const text = bytes.toString('latin1', start, end)
      if (text.startsWith('{"push"')) return
      if (!text.includes('"ok"')) return done.reject(new Error(text))
      answered += 1
      if (answered === burst) done.resolve()
    },
    flush: () => send(),
  })
  function send(): void {
    // What came with the log-in's answer was told before there was a socket to hold.
    if (!socket) return
    const frames: Buffer[] = []
    for (; sent < burst && sent - answered < 100; sent += 1) {
      const body = { kind: 'text', text: `message ${sent} of a burst, as long as people's messages are` }
      const input = { conversation, id: crypto.randomUUID(), body }
      frames.push(Buffer.from(encodeText(JSON.stringify({ id: sent + 1, op: 'messages.send', in: input }))))
    }
    if (frames.length > 0) socket.write(Buffer.concat(frames))
  }
  send()
  await done.promise
}

export const webMeasurements: readonly Measurement[] = [
  { figures: [figure('web.bytes', 'KB', 'less')], measure: measureBytes },
  { figures: [figure('web.open', 'ms', 'less'), figure('web.open.offline', 'ms', 'less')], measure: measureOpen },
  groupPageMeasurement,
  { figures: [figure('web.burst', 'ms', 'less')], measure: measureBurst },
]

const isWeb = (measurement: Measurement) => webMeasurements.includes(measurement)

/** Those that can be had: without a browser these here cannot. */
export function leaveOutWeb(chosen: readonly Measurement[]): readonly Measurement[] {
  if (hasBrowser() || !chosen.some(isWeb)) return chosen
  console.error('No Chromium, or no driver for it: the figures web.* are left out (`npm test` installs both).')
  return chosen.filter((measurement) => !isWeb(measurement))
}
