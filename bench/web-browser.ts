/** Chromium, started anew for each opening, with a profile that outlives it. Its own start is over before it is used. */
import { existsSync } from 'node:fs'
import type { BrowserContext } from 'playwright-core'
import { atEnd } from './cleanup.ts'

const path = '/usr/bin/chromium'
const viewport = { width: 1440, height: 900 }

/** The driver comes with what the tests need: a machine that only runs the product has none. */
export function hasBrowser(): boolean {
  try {
    return existsSync(path) && import.meta.resolve('playwright-core') !== ''
  } catch {
    return false
  }
}

export interface BrowserOptions {
  readonly profile: string
  readonly port: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Its tabs are closed, its workers ended and its profile written when `use` is done. */
export async function withBrowser<Value>(
  { profile, port, headers = {} }: BrowserOptions,
  use: (context: BrowserContext) => Promise<Value>,
): Promise<Value> {
  const { chromium } = await import('playwright-core')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    baseURL: `http://127.0.0.1:${port}`,
    extraHTTPHeaders: { ...headers },
    locale: 'en',
    viewport,
  })
  const end = atEnd(() => void context.close().catch(() => undefined))
  context.setDefaultTimeout(30_000)
  try {
    await settle(context)
    return await use(context)
  } finally {
    await context.close()
    end()
  }
}

/** People's browsers have been open for a while: what Chromium loads for itself after its start is no part of a figure. */
async function settle(context: BrowserContext): Promise<void> {
  const processes = await context.browser()?.newBrowserCDPSession()
  if (!processes) throw new Error('The browser does not tell how busy it is.')
  for (let before = Number.NEGATIVE_INFINITY; ;) {
    const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
    const seconds = processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
    if (seconds - before < 0.02) return
    before = seconds
    await Bun.sleep(300)
  }
}
