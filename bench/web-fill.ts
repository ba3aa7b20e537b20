/** Runs in a page of the server that is no page of the product: bundled, and called by web-world.ts. */
import { callOnce, openIndexedDbCache, type Cache } from '@rookery/client'
import type { Answer, MessageRow } from '@rookery/protocol'

const here = location.origin
const inBrowser = { cookie: true } as const
const atOnce = 8
const blockRows = 5_000

/** Logs the browser in, as the form does. */
async function logIn(login: string, password: string): Promise<void> {
  const answer = await callOnce(here, 'sessions.logIn', { login, password, device: 'bench' }, inBrowser)
  if (!answer.ok) throw new Error(answer.code)
}

/** Reads every chat to its beginning and keeps it, as scrolling would: what the list shows the page has kept itself. */
async function keepAll(number: number, conversations: number): Promise<number> {
  const cache = await openIndexedDbCache(number)
  const waiting = [...(await loadSynced(cache, conversations))]
  let kept = 0
  let rows: MessageRow[] = []
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const chat = await readChat(id)
      rows.push(...chat)
      if (rows.length < blockRows && waiting.length > 0) continue
      const messages = rows
      rows = []
      await cache.save({ messages })
      kept += messages.length
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await cache.save({ messages: rows })
  cache.close()
  return kept + rows.length
}

/** The page is in step, and has written that down. */
async function loadSynced(cache: Cache, count: number): Promise<readonly number[]> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { device, conversations } = await cache.load()
    if (device?.synced && conversations.length === count) return conversations.map(({ id }) => id)
    await new Promise((resume) => setTimeout(resume, 100))
  }
  throw new Error('The page did not get in step.')
}

async function readChat(conversation: number): Promise<readonly MessageRow[]> {
  const rows: MessageRow[] = []
  let before = Number.MAX_SAFE_INTEGER
  while (before > 1) {
    const answer: Answer<'messages.page'> = await callOnce(
      here,
      'messages.page',
      { conversation, before, limit: 100 },
      inBrowser,
    )
    if (!answer.ok) throw new Error(answer.code)
    rows.push(...answer.value.messages)
    before = answer.value.messages[0]?.seq ?? 0
  }
  return rows
}

export const filling = { logIn, keepAll }
export type Filling = typeof filling

Object.assign(globalThis, { filling })
