import { expect, test } from 'bun:test'
import type { Client, ClientState } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { initialState } from '../../../client/state.ts'
import { loadTexts } from '../i18n/messages.ts'
import { conversation, me, message, peer, said } from '../messages/sample.ts'
import { collect } from './collect.ts'
import { entriesOf, type ExportedChat } from './entries.ts'
import { fileName, writeJson, writeText } from './formats.ts'
import { writeHtml } from './html.ts'

await loadTexts('en')

const words = { locale: 'en', edited: 'edited', forwarded: (name: string) => `from ${name}` }
const state: ClientState = { ...initialState, me: { number: me, name: '<b>me</b>', role: 'member' } }
const rows: MessageRow[] = [
  said(1, me, { kind: 'text', text: '<img src=x onerror=alert(1)> & "quotes"' }),
  said(2, peer, { kind: 'recalled', by: peer }),
  { ...said(3, peer, { kind: 'text', text: 'answer', reply_to: 2 }), edited_at: 5 },
  said(4, peer, { kind: 'merged', title: 't', items: [{ number: me, name: '<i>', at: 1, text: '<u>' }] }),
]
const chat: ExportedChat = { title: '</title><script>', at: 0, entries: entriesOf(state, rows) }

test('a page shows what people wrote as they wrote it, and none of it is code', () => {
  const page = writeHtml(chat, words)
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;')
  expect(page).not.toMatch(/<(img|script|b>me|i>|u>)/)
  expect(page).toContain(`default-src 'none'`)
})

test('[D9] an answer to what was taken back tells only that it was', () => {
  expect(chat.entries[2]?.answers?.text).toBe(`${peer} recalled a message`)
})

test('text and JSON hold every message', () => {
  const text = writeText(chat, words)
  for (const part of ['"quotes"', 'recalled a message', 'answer', '(edited)', '<u>']) expect(text).toContain(part)
  const parsed = JSON.parse(writeJson(chat)) as { messages: { seq: number }[] }
  expect(parsed.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
})

test('a title is made a name that every system takes, with the day of the place where one is', () => {
  const before = process.env['TZ']
  process.env['TZ'] = 'Asia/Shanghai'
  expect(fileName('a/b:c\u202E?', Date.UTC(2026, 0, 4, 16), 'html')).toBe('a_b_c__ 2026-01-05.html')
  process.env['TZ'] = 'America/Lima'
  expect(fileName(' ', Date.UTC(2026, 0, 5, 4), 'txt')).toBe('chat 2026-01-04.txt')
  process.env['TZ'] = before ?? 'UTC'
})

interface Served {
  readonly all: MessageRow[]
  rev: number
  /** Called after each page. */
  onPage?: () => void
}

/** As much of a client as is needed. */
function clientOf(served: Served): Client {
  const held = () => conversation({ last_seq: served.all.length, rev: served.rev })
  const pages = (input: { after: number; limit: number }) => {
    const messages = served.all.slice(input.after, input.after + input.limit).map((row) => ({ ...row }))
    served.onPage?.()
    return { ok: true, value: { messages } }
  }
  return {
    state: () => ({ ...state, conversations: new Map([[1, held()]]) }),
    call: async (_: string, input: { after: number; limit: number }) => pages(input),
  } as unknown as Client
}

const many = () => Array.from({ length: 250 }, (_, index) => message(index + 1, peer, index))
const quiet = { conversation: 1, onProgress: () => undefined, signal: new AbortController().signal }

test('all pages are read, in order', async () => {
  const done: number[] = []
  const read = await collect(clientOf({ all: many(), rev: 250 }), { ...quiet, onProgress: (part) => done.push(part) })
  expect(read?.ok && read.value.map(({ seq }) => seq)).toEqual(many().map(({ seq }) => seq))
  expect(done).toEqual([0.4, 0.8, 1])
})

test('[D9] what is taken back while it is read is read again', async () => {
  const served: Served = { all: many(), rev: 250 }
  let pages = 0
  served.onPage = () => {
    pages += 1
    if (pages !== 2) return
    served.all[0] = said(1, peer, { kind: 'recalled', by: peer })
    served.rev += 1
  }
  const read = await collect(clientOf(served), quiet)
  expect(read?.ok && read.value[0]?.body.kind).toBe('recalled')
})

test('a new message meanwhile is no reason to begin again', async () => {
  const served: Served = { all: many(), rev: 250 }
  let pages = 0
  served.onPage = () => {
    pages += 1
    if (pages > 1) return
    served.all.push(message(251, peer, 0))
    served.rev += 1
  }
  await collect(clientOf(served), quiet)
  expect(pages).toBe(3)
})

test('cancelled, it stops', async () => {
  const controller = new AbortController()
  const served: Served = { all: many(), rev: 250, onPage: () => controller.abort() }
  expect(await collect(clientOf(served), { ...quiet, signal: controller.signal })).toBeNull()
})
