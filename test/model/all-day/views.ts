/** What each person is given by the server, by whatever they ask, against the truth. */
import { isDeepStrictEqual } from 'node:util'
import { callOnce } from '@rookery/client'
import { LIMITS, type MessageRow } from '@rookery/protocol'
import { ask, readLog } from '../../../packages/cli/verify/ask.ts'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'
import type { Person } from '../../../packages/cli/verify/people.ts'
import { readAccount, readNewest, type Account } from './account.ts'
import { commonWord } from './chatting.ts'
import type { Day } from './day.ts'
import { findHoldingFaults } from './holdings.ts'
import type { Truth } from './truth.ts'
import { sayOf, viewOf, type View } from './view.ts'

export async function findViewFaults(day: Day, truth: Truth): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const person of day.people) {
    const account = await readAccount(day.urls, person.token)
    const view = viewOf(person, truth, account)
    faults.push(...findMiscounts(person, view, account), ...(await findServerFaults(day, person, truth, view)))
    for (const device of day.devices.filter(({ owner }) => owner === person.number))
      faults.push(...(await findHoldingFaults(day, device, truth, view)))
  }
  return faults
}

/** Unread, and the newest mention in it, as the log and the pointer say. */
function findMiscounts({ number }: Person, view: View, { memberships, heads }: Account): Fault[] {
  const faults: Fault[] = []
  for (const [id, log] of view) {
    const row = memberships.get(id)
    const news = log.filter(
      ({ seq, sender, body }) =>
        seq > (row?.read_seq ?? 0) && sender !== number && body.kind !== 'event' && body.kind !== 'recalled',
    )
    const calling = news.findLast(
      ({ body }) => body.kind === 'text' && (body.mentions_all === true || body.mentions?.includes(number)),
    )
    const right = { unread: Math.min(LIMITS.unreadCount, news.length), mentioned: calling?.seq ?? 0 }
    const { unread = 0, mentioned = 0 } = heads.get(id) ?? {}
    if (unread !== right.unread || mentioned !== right.mentioned)
      faults.push(fault('unread', `[D12] ${number} in ${id}: ${unread}, ${mentioned}, not ${JSON.stringify(right)}`))
  }
  return faults
}

/** By page, single messages, search and sync. */
async function findServerFaults(day: Day, person: Person, truth: Truth, view: View): Promise<Fault[]> {
  const { urls, history } = day
  const { number, token } = person
  const faults: Fault[] = []
  for (const id of truth.conversations) {
    const mine = view.get(id)
    if (!mine) {
      if (truth.timelines.has(id)) faults.push(...(await findOpenDoors(day, person, id)))
      continue
    }
    const all = truth.logs.get(id) ?? []
    const given = {
      page: await readLog(urls, token, id),
      get: await readSingly(day, person, id, all.length),
    }
    for (const [door, rows] of Object.entries(given))
      if (!isDeepStrictEqual(rows, mine))
        faults.push(fault('changed', `[D8] ${number} is given another ${id} by ${door}`))
    const below = await ask(urls, 'messages.page', { conversation: id, before: (mine[0]?.seq ?? 1) + 1 }, token)
    if (!isDeepStrictEqual(below.messages, mine.slice(0, 1)))
      faults.push(fault('foreign', `[D8] ${number} is given what came before their time in ${id}`))
    for (const row of await readNewest(urls, token, id))
      if (!mine.some((other) => isDeepStrictEqual(other, row)))
        faults.push(fault('foreign', `[D8] sync gives ${number} another ${id}/${row.seq}`))
    const standing = await ask(urls, 'sync', { rev: 0 }, token)
    const pointer = standing.memberships.find(({ conversation }) => conversation === id)?.read_seq ?? 0
    if (pointer < history.pointerOf(number, id))
      faults.push(fault('pointer', `[D6] the server went back in ${id}: ${number} is at ${pointer}`))
  }
  return [...faults, ...(await findWrongHits(day, person, view))]
}

async function readSingly(
  { urls }: Day,
  { token }: Person,
  conversation: number,
  length: number,
): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  for (let from = 0; from < length; from += LIMITS.pageMessages) {
    const seqs = Array.from({ length: Math.min(LIMITS.pageMessages, length - from) }, (_, index) => from + index + 1)
    rows.push(...(await ask(urls, 'messages.get', { conversation, seqs }, token)).messages)
  }
  return rows
}

/** Who is out gets nothing, whatever they ask for. */
async function findOpenDoors({ urls, people }: Day, { number, token }: Person, conversation: number): Promise<Fault[]> {
  const [url] = urls
  const seqs = [1, 2, 3]
  const answers = {
    page: await callOnce(url, 'messages.page', { conversation }, { token }),
    get: await callOnce(url, 'messages.get', { conversation, seqs }, { token }),
    find: await callOnce(url, 'messages.find', { conversation, query: commonWord }, { token }),
    locate: await callOnce(url, 'messages.locate', { conversation, at: 0 }, { token }),
    members: await callOnce(url, 'groups.members', { conversation }, { token }),
    people: await callOnce(url, 'groups.people', { conversation, numbers: people.map((one) => one.number) }, { token }),
    open: await callOnce(url, 'conversations.open', { conversation }, { token }),
    react: await callOnce(url, 'messages.react', { conversation, seq: 5, emoji: '👍', on: true }, { token }),
  }
  return Object.entries(answers)
    .filter(([, answer]) => answer.ok || answer.code !== 'not_member')
    .map(([door]) => fault('foreign', `[D8] ${number} is out of ${conversation} and gets in by ${door}`))
}

/** Everything that holds the word which everything has, and nothing by the words that are gone. */
async function findWrongHits(day: Day, { number, token }: Person, view: View): Promise<Fault[]> {
  const { urls } = day
  const faults: Fault[] = []
  const hits: string[] = []
  for (let cursor = '', more = true; more;) {
    const answer = await ask(urls, 'messages.find', { query: commonWord, cursor, limit: LIMITS.foundMessages }, token)
    for (const { message, before, after } of answer.found) {
      hits.push(placeOf(message))
      for (const row of [message, before, after])
        if (row && !view.get(row.conversation)?.some((other) => isDeepStrictEqual(other, row)))
          faults.push(fault('foreign', `[D8] [D9] a search gives ${number} another ${placeOf(row)}`))
    }
    ;({ cursor } = answer)
    more = cursor !== ''
  }
  const right = [...view.values()].flatMap((log) => log.filter((row) => sayOf(row).includes(commonWord)).map(placeOf))
  if (!isDeepStrictEqual(hits.toSorted(), right.toSorted()))
    faults.push(fault('gap', `[D9] a search gives ${number} ${hits.length} of ${right.length} messages`))
  return faults
}

function placeOf({ conversation, seq }: MessageRow): string {
  return `${conversation}/${seq}`
}
