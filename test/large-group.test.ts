/** A group as large as groups may be: the one too many, opening it, writing to it, its end. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { comeIn } from '../packages/server/store/contract/actions.ts'
import { newAccount, valueOf } from '../packages/server/store/contract/people.ts'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { numberOf, speakTo, type Speaker } from './company.ts'
import { logIn, makeFolder, startTestServer, type LogIn } from './harness.ts'

let server: RunningServer
let to: Speaker
let owner: LogIn
let last: LogIn
let late: LogIn
let conversation: number
let members: number[]

/** All but one of the members come by the store's own door: by requests it would take a minute. */
beforeAll(async () => {
  const folder = makeFolder()
  const first = await startTestServer({ ROOKERY_DATA: folder })
  to = speakTo(first.url)
  ;[owner, last, late] = (await to.makePeople(3)) as [LogIn, LogIn, LogIn]
  for (const who of [last, late]) await to.get(owner, 'contacts.request', { number: numberOf(who) })
  conversation = await to.makeGroup(owner, [], 'everybody')
  await to.get(owner, 'groups.configure', { conversation, joining: 'open' })
  await first.stop()

  const store = await openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })
  const accounts = Array.from({ length: LIMITS.groupMembers - 2 }, () => store.accounts.create(newAccount()))
  members = (await Promise.all(accounts)).map((made) => valueOf(made).number)
  await comeIn(store, conversation, members)
  await store.close()

  server = await startTestServer({ ROOKERY_DATA: folder })
  to = speakTo(server.url)
  const again = await Promise.all([owner, last, late].map(({ me }) => logIn(server.url, String(me.number))))
  ;[owner, last, late] = again as [LogIn, LogIn, LogIn]
}, 60_000)
afterAll(() => server.stop())

const countOf = async () => (await to.headOf(owner, conversation))?.group?.members

test('[P59] of two who would be the last one comes in, and the other is told that it is full', async () => {
  expect(await countOf()).toBe(LIMITS.groupMembers - 1)
  const answers = await Promise.all([last, late].map((who) => to.tell(who, 'groups.join', { conversation })))
  expect(answers.toSorted((a, b) => a.localeCompare(b))).toEqual(['group_full', 'ok'])
  if (answers[0] !== 'ok') [last, late] = [late, last]
  expect(await countOf()).toBe(LIMITS.groupMembers)
  const { ticket } = await to.get(owner, 'groups.makeLink', { conversation })
  expect(await to.tell(late, 'groups.joinByLink', { ticket })).toBe('group_full')
  expect(await to.tell(owner, 'groups.invite', { conversation, numbers: [numberOf(late)] })).toBe('group_full')
  expect(await to.tell(owner, 'groups.invite', { conversation, numbers: [numberOf(last)] })).toBe('ok')
  await to.get(last, 'groups.leave', { conversation })
  expect(await to.tell(late, 'groups.joinByLink', { ticket })).toBe('ok')
  expect(await countOf()).toBe(LIMITS.groupMembers)
})

test('[P51] its members come in pages, and nobody’s reading is shown', async () => {
  const seen: number[] = []
  const rank = { owner: 0, admin: 1, member: 2 }
  for (let after: [number, number] | undefined; ;) {
    const page = await to.get(late, 'groups.members', { conversation, ...(after && { after }) })
    seen.push(...page.members.map(({ number }) => number))
    const end = page.members.at(-1)
    if (!end || page.members.length < LIMITS.memberPage) break
    after = [rank[end.role], end.number]
  }
  expect(new Set(seen)).toEqual(new Set([numberOf(owner), numberOf(late), ...members]))
  expect(seen).toHaveLength(LIMITS.groupMembers)
  expect(await to.get(late, 'conversations.open', { conversation })).toEqual({ readers: [] })
})

test('[D10] [P59] its end is the end for all of them at once', async () => {
  await to.say(late, conversation, 'the last word')
  await to.get(owner, 'groups.dissolve', { conversation })
  for (const who of [owner, late]) {
    expect(await to.membershipOf(who, conversation)).toMatchObject({ left: true, writable: false })
    expect(await to.tell(who, 'messages.page', { conversation })).toBe('not_member')
  }
  expect(await to.send(late, conversation, 'x')).toEqual({ ok: false, code: 'not_member' })
  expect(await to.tell(last, 'groups.join', { conversation })).toBe('not_found')
})
