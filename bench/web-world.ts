/** Somebody with 500 chats and 100,000 messages, on the server and in a browser's profile; made once for all rounds. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openOperator, readConfig } from '@rookery/server'
import { makeScratch, type Scratch } from './cleanup.ts'
import type { Site } from './figures.ts'
import { runLoad } from './load.ts'
import type { PairLane } from './load/jobs.ts'
import { cores, spawn, stopChild } from './processes.ts'
import { withBrowser } from './web-browser.ts'
import type { Filling } from './web-fill.ts'
import { callServer, password } from './world.ts'

const chats = 500
const messages = 100_000
/** In each chat: the seq of its newest. */
export const newestSeq = messages / chats

export interface WebWorld {
  /** A page belongs to its server's address, port included: there is one for all rounds. */
  readonly port: number
  /** The chat that is open; the other one in it is logged in. */
  readonly conversation: number
  readonly peerToken: string
  /** Data of the server in `server`, the browser's profile in `profile`. */
  copy(): Scratch
}

interface People {
  readonly number: number
  readonly peerToken: string
  readonly lanes: readonly PairLane[]
}

let world: Promise<WebWorld> | null = null

export function webWorld(site: Site): Promise<WebWorld> {
  world ??= makeWorld(site.parent)
  return world
}

async function makeWorld(parent: string): Promise<WebWorld> {
  const origin = makeScratch(parent)
  const port = 12_000 + Math.floor(Math.random() * 20_000)
  const { server, profile } = foldersOf(origin)
  const first = await startOn(port, server)
  const { number, peerToken, lanes } = await makePeople(server, port)
  await first.stop()
  await runLoad({ kind: 'inserts', folder: server, pairs: lanes, batch: 10_000, count: messages })
  const [open] = lanes
  if (!open) throw new Error('There is nobody to write.')
  const second = await startOn(port, server)
  await withBrowser({ profile, port }, async (context) => {
    const page = await context.newPage()
    await openFilling(page)
    await page.evaluate(([secret]) => globalThis.filling.logIn('center', secret), [password] as const)
    await page.goto(`/c/${open.conversation}`)
    await page.locator(`[data-testid="message"][data-seq="${newestSeq}"]`).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    await openFilling(page)
    const kept = await page.evaluate(([who, count]) => globalThis.filling.keepAll(who, count), [number, chats] as const)
    if (kept !== messages) throw new Error(`${kept} messages were kept.`)
  })
  await second.stop()
  return {
    port,
    conversation: open.conversation,
    peerToken,
    copy() {
      const scratch = makeScratch(parent)
      cpSync(origin.path, scratch.path, { recursive: true })
      return scratch
    },
  }
}

export function foldersOf({ path }: Pick<Scratch, 'path'>): { readonly server: string; readonly profile: string } {
  return { server: join(path, 'server'), profile: join(path, 'profile') }
}

/** The first of the lanes is of the one who has a session. */
async function makePeople(folder: string, port: number): Promise<People> {
  const signUp = (name: string) => callServer(port, 'accounts.signUp', { name, password, confirm: password })
  const [center, peer] = [await signUp('center'), await signUp('peer 0')]
  const config = readConfig({ ROOKERY_DATA: folder, ROOKERY_CONTACTS: 'open' })
  if (!config.ok) throw new Error(config.problem)
  const operator = await openOperator(config.config)
  for (let index = 0; index < chats; index += 1) {
    const made = index === 0 ? null : await operator.call('accounts.create', { name: `peer ${index}` })
    if (made?.ok === false) throw new Error(made.code)
    const other = made?.value.number ?? peer.me.number
    const joined = await operator.call('contacts.join', { one: center.me.number, other })
    if (!joined.ok) throw new Error(joined.code)
  }
  await operator.close()
  const known = new Map<number, number>()
  let held = { epoch: '', rev: 0, cursor: '', more: true }
  while (held.more) {
    const { epoch, rev, cursor } = held
    const answer = await callServer(port, 'sync', { epoch, rev, cursor }, center.token)
    for (const row of answer.memberships) if (row.kind === 'direct') known.set(row.conversation, row.peer)
    held = answer
  }
  const lanes = [...known]
    .toSorted(([, one], [, other]) => one - other)
    .map(([conversation, number]): PairLane => {
      const isPeer = number === peer.me.number
      const tokens = { sender: isPeer ? peer.token : '', receiver: center.token }
      return { kind: 'pair', conversation, number, peer: center.me.number, ...tokens }
    })
  return { number: center.me.number, peerToken: peer.token, lanes }
}

declare global {
  var filling: Filling
}

async function openFilling(page: Page): Promise<void> {
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, 'web-fill.ts')],
    target: 'browser',
    format: 'iife',
  })
  const [script] = built.outputs
  if (!script) throw new Error('The filling was not built.')
  await page.goto('/favicon.svg')
  await page.evaluate(await script.text())
}

/** With default settings but for rate limits. */
export async function startOn(port: number, folder: string): Promise<{ stop(): Promise<void> }> {
  const child = spawn(cores.measured, join(import.meta.dir, '../packages/cli/main.ts'), ['serve'], {
    PORT: String(port),
    ROOKERY_DATA: folder,
    ROOKERY_UDP: 'off',
    ROOKERY_LOG: 'error',
    ROOKERY_CONTACTS: 'open',
    ROOKERY_RATE: '1000000',
    ROOKERY_RATE_VISITOR: '1000000',
  })
  for (const deadline = performance.now() + 20_000; performance.now() < deadline && child.exitCode === null;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
    if (answer?.ok) return { stop: () => stopChild(child) }
    await Bun.sleep(5)
  }
  await stopChild(child)
  throw new Error(`The server did not start.\n${await new Response(child.stderr).text()}`)
}
