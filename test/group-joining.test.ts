/** Coming in uninvited: open groups, requests and their answers, links; and two who do something at once. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, type LogIn } from './harness.ts'

let server: RunningServer
let to: Speaker
let owner: LogIn
let admin: LogIn
let member: LogIn
let applicant: LogIn

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[owner, admin, member, applicant] = (await to.makePeople(4)) as [LogIn, LogIn, LogIn, LogIn]
})
afterAll(() => server.stop())

async function makeGroup(given: object = {}): Promise<number> {
  const conversation = await to.makeGroup(owner, [admin, member])
  await to.get(owner, 'groups.setRole', { conversation, number: numberOf(admin), role: 'admin' })
  await to.get(owner, 'groups.configure', { conversation, ...given })
  return conversation
}

const join = (who: LogIn, conversation: number, greeting = '') => to.ask(who, 'groups.join', { conversation, greeting })
const answer = (who: LogIn, conversation: number, accept: boolean, number = numberOf(applicant)) =>
  to.tell(who, 'groups.answer', { conversation, number, accept })

/** What somebody sees of who asks to come into a group. */
async function requestsOf(who: LogIn, conversation: number) {
  const { requests } = await to.everything(who)
  return requests.filter((row) => row.conversation === conversation)
}

const statesOf = async (who: LogIn, conversation: number) =>
  (await requestsOf(who, conversation)).map(({ number, state }) => [number, state] as const)

describe('open and closed', () => {
  test('[P53] into an open group anybody comes, once; a closed one is as if it were not there', async () => {
    const conversation = await makeGroup({ joining: 'open', listed: true })
    const found = await to.get(applicant, 'groups.find', { query: String(conversation) })
    expect(found.groups).toEqual([{ conversation, name: 'a group', members: 3, joining: 'open' }])
    expect(await join(applicant, conversation)).toEqual({ ok: true, value: { state: 'joined' } })
    expect(await join(applicant, conversation)).toEqual({ ok: false, code: 'already_member' })
    expect((await to.page(applicant, conversation)).map(saying)).toEqual(['joined'])
    const closed = await makeGroup({ listed: true })
    for (const where of [closed, 1_000_000])
      expect(await join(applicant, where)).toEqual({ ok: false, code: 'not_found' })
    expect(await join(member, closed)).toEqual({ ok: false, code: 'already_member' })
  })

  test('[P53] twenty at once all come in, each once, and the count is right', async () => {
    const conversation = await makeGroup({ joining: 'open' })
    const crowd = await to.makePeople(20)
    const answers = await Promise.all([...crowd, ...crowd].map((who) => join(who, conversation)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20)
    expect(answers.filter((each) => !each.ok && each.code === 'already_member')).toHaveLength(20)
    expect((await to.headOf(owner, conversation))?.group?.members).toBe(23)
    expect(await to.membersOf(owner, conversation)).toHaveLength(23)
    expect((await to.eventsOf(owner, conversation)).filter(([, event]) => event === 'joined')).toHaveLength(20)
  })
})

describe('requests', () => {
  test('[P54] the applicant and every admin see it; members do not; asking again while it waits is refused', async () => {
    const conversation = await makeGroup({ joining: 'request' })
    expect(await join(applicant, conversation, '让我进来 🎉')).toEqual({ ok: true, value: { state: 'waiting' } })
    const row = { conversation, group: 'a group', number: numberOf(applicant), name: applicant.me.name }
    for (const who of [applicant, owner, admin])
      expect(await requestsOf(who, conversation)).toMatchObject([{ ...row, greeting: '让我进来 🎉', state: 'waiting' }])
    expect(await requestsOf(member, conversation)).toEqual([])
    expect(await join(applicant, conversation)).toEqual({ ok: false, code: 'already_asked' })
    expect(await to.tell(applicant, 'messages.page', { conversation })).toBe('not_member')
    expect(await answer(owner, conversation, true, numberOf(applicant) + 1)).toBe('not_found')
  })

  test('[P54] accepted, they are in; refused, they may ask again; all rows say so', async () => {
    const conversation = await makeGroup({ joining: 'request' })
    await join(applicant, conversation)
    expect(await answer(admin, conversation, false)).toBe('ok')
    for (const who of [applicant, owner, admin])
      expect(await statesOf(who, conversation)).toEqual([[numberOf(applicant), 'refused']])
    expect(await to.membershipOf(applicant, conversation)).toBeUndefined()
    expect(await answer(owner, conversation, true)).toBe('not_found')
    await join(applicant, conversation, 'again')
    expect(await answer(owner, conversation, true)).toBe('ok')
    for (const who of [applicant, owner, admin])
      expect(await statesOf(who, conversation)).toEqual([[numberOf(applicant), 'accepted']])
    expect(await to.membershipOf(applicant, conversation)).toMatchObject({ role: 'member', left: false })
    expect((await to.eventsOf(applicant, conversation)).at(-1)).toEqual([numberOf(owner), 'joined'])
  })

  test('[P54] two admins who answer at once: the first answer stands, the other is told', async () => {
    for (let round = 0; round < 8; round += 1) {
      const conversation = await makeGroup({ joining: 'request' })
      await join(applicant, conversation)
      const answers = await Promise.all([answer(owner, conversation, true), answer(admin, conversation, false)])
      expect(answers.toSorted((a, b) => a.localeCompare(b))).toEqual(['not_found', 'ok'])
      const accepted = answers[0] === 'ok'
      for (const who of [applicant, owner, admin])
        expect(await statesOf(who, conversation)).toEqual([[numberOf(applicant), accepted ? 'accepted' : 'refused']])
      expect((await to.membershipOf(applicant, conversation)) !== undefined).toBe(accepted)
    }
  })

  test('[D8] [P54] who becomes an admin sees who waits; who is none any more no longer', async () => {
    const conversation = await makeGroup({ joining: 'request' })
    await join(applicant, conversation, 'hello')
    const setRole = (who: LogIn, role: 'admin' | 'member') =>
      to.get(owner, 'groups.setRole', { conversation, number: numberOf(who), role })
    await setRole(member, 'admin')
    expect(await requestsOf(member, conversation)).toMatchObject([{ greeting: 'hello', state: 'waiting' }])
    await setRole(member, 'member')
    expect(await statesOf(member, conversation)).toEqual([[numberOf(applicant), 'closed']])
    await to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(admin)] })
    expect(await statesOf(admin, conversation)).toEqual([[numberOf(applicant), 'closed']])
    const { rev } = await to.everything(admin)
    expect(await answer(owner, conversation, true)).toBe('ok')
    expect((await to.everything(admin)).rev).toBe(rev)
  })

  test('[P54] a promotion and a request at the same moment: the new admin has it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const conversation = await makeGroup({ joining: 'request' })
      const promote = to.tell(owner, 'groups.setRole', { conversation, number: numberOf(member), role: 'admin' })
      expect(await Promise.all([promote, join(applicant, conversation)])).toMatchObject(['ok', { ok: true }])
      expect(await statesOf(member, conversation)).toEqual([[numberOf(applicant), 'waiting']])
    }
  })

  test('[P54] what is asked is answered by coming in another way, and closed by the end of the group', async () => {
    const conversation = await makeGroup({ joining: 'request' })
    const { ticket } = await to.get(member, 'groups.makeLink', { conversation })
    await join(applicant, conversation)
    await to.get(applicant, 'groups.joinByLink', { ticket })
    for (const who of [applicant, owner])
      expect(await statesOf(who, conversation)).toEqual([[numberOf(applicant), 'accepted']])
    const [late] = (await to.makePeople(1)) as [LogIn]
    await join(late, conversation)
    await to.get(owner, 'groups.dissolve', { conversation })
    for (const who of [late, owner, admin])
      expect((await statesOf(who, conversation)).at(-1)).toEqual([numberOf(late), 'closed'])
  })
})

describe('links', () => {
  test('[P53] a link says what it leads to, lets in whoever has it, and a new one takes its place', async () => {
    const conversation = await makeGroup()
    const { ticket, expires_at } = await to.get(member, 'groups.makeLink', { conversation })
    expect(expires_at).toBeGreaterThan(Date.now())
    const shown = { conversation, name: 'a group', members: 3, joining: 'closed' } as const
    expect(await to.get(applicant, 'groups.readLink', { ticket })).toEqual(shown)
    expect(await to.get(applicant, 'groups.joinByLink', { ticket })).toEqual({ conversation })
    expect(await to.tell(applicant, 'groups.joinByLink', { ticket })).toBe('already_member')
    const next = await to.get(owner, 'groups.makeLink', { conversation })
    const [late] = (await to.makePeople(1)) as [LogIn]
    expect(await to.tell(late, 'groups.joinByLink', { ticket })).toBe('ticket_invalid')
    expect(await to.tell(late, 'groups.readLink', { ticket: 'a'.repeat(43) })).toBe('ticket_invalid')
    expect(await to.tell(late, 'groups.joinByLink', { ticket: next.ticket })).toBe('ok')
  })

  test('[P53] one who comes by the same link twice at once comes once', async () => {
    const conversation = await makeGroup()
    const { ticket } = await to.get(owner, 'groups.makeLink', { conversation })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => to.tell(applicant, 'groups.joinByLink', { ticket })),
    )
    expect(answers.filter((code) => code === 'ok')).toHaveLength(1)
    expect(answers.filter((code) => code === 'already_member')).toHaveLength(9)
    expect((await to.headOf(owner, conversation))?.group?.members).toBe(4)
  })
})

describe('at the same moment', () => {
  test('[P56] two hand-overs: one is made, and there is one owner', async () => {
    for (let round = 0; round < 8; round += 1) {
      const conversation = await makeGroup()
      const handOver = (who: LogIn) => to.tell(owner, 'groups.handOver', { conversation, number: numberOf(who) })
      const answers = await Promise.all([handOver(admin), handOver(member)])
      expect(answers.toSorted((a, b) => a.localeCompare(b))).toEqual(['not_allowed_in_group', 'ok'])
      const next = answers[0] === 'ok' ? admin : member
      const owners = (await to.membersOf(owner, conversation)).filter(([, role]) => role === 'owner')
      expect(owners).toEqual([[numberOf(next), 'owner']])
      expect((await to.headOf(owner, conversation))?.group?.owner).toBe(numberOf(next))
    }
  })

  test('[P50] leaving while being promoted, or made the owner: never an admin, nor an owner, who is not in it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const conversation = await makeGroup()
      const number = numberOf(member)
      const leave = () => to.tell(member, 'groups.leave', { conversation })
      const raise = () =>
        round % 2 === 0
          ? to.tell(owner, 'groups.setRole', { conversation, number, role: 'admin' })
          : to.tell(owner, 'groups.handOver', { conversation, number })
      const [left, raised] = await Promise.all([leave(), raise()])
      const row = await to.membershipOf(member, conversation)
      const members = await to.membersOf(admin, conversation)
      expect(members.filter(([, role]) => role === 'owner')).toHaveLength(1)
      if (left === 'ok') {
        expect(row).toMatchObject({ left: true, role: 'member' })
        expect(members.some(([each]) => each === number)).toBe(false)
        expect(['ok', 'not_found']).toContain(raised)
      } else {
        expect([left, raised]).toEqual(['owner_cannot_leave', 'ok'])
        expect(row).toMatchObject({ left: false, role: 'owner' })
      }
      expect((await to.headOf(admin, conversation))?.group?.members).toBe(members.length)
    }
  })

  test('[D10] what is sent while its sender is removed is in the log, or refused; nothing comes after', async () => {
    const conversation = await makeGroup()
    const sends = Array.from({ length: 30 }, (_, index) => to.send(member, conversation, `text ${index}`))
    const removed = to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(member)] })
    const answers = await Promise.all(sends)
    await removed
    const log = await to.page(owner, conversation)
    const end = log.find((row) => saying(row) === 'removed')?.seq ?? 0
    for (const [index, each] of answers.entries()) {
      const row = log.find((one) => saying(one) === `text ${index}`)
      expect(row?.seq).toBe(each.ok ? each.value.seq : undefined)
      if (row) expect(row.seq).toBeLessThan(end)
      else expect(each).toEqual({ ok: false, code: 'not_member' })
    }
  })
})
