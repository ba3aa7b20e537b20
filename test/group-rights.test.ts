/** Every role against everything that can be done in a group, as one table. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { numberOf, speakTo, type Speaker } from './company.ts'
import { startTestServer, type LogIn } from './harness.ts'

const roles = ['owner', 'admin', 'member', 'former', 'stranger'] as const
type Role = (typeof roles)[number]
const others = ['otherAdmin', 'otherMember', 'outsider', 'applicant'] as const
type Cast = Record<Role | (typeof others)[number], LogIn>

let server: RunningServer
let to: Speaker
let cast: Cast

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  const names = [...roles, ...others]
  const people = await to.makePeople(names.length)
  cast = Object.fromEntries(names.map((name, index) => [name, people[index]])) as Cast
  const { outsider, ...inviters } = cast
  for (const inviter of Object.values(inviters))
    await to.get(outsider, 'contacts.request', { number: numberOf(inviter) })
})
afterAll(() => server.stop())

interface Scene {
  readonly conversation: number
  /** Places of what was said by each. */
  readonly said: Record<'owner' | 'otherAdmin' | 'otherMember', number>
}

/** A new group of everybody in the cast who is in it, in their roles, with one of each kind of message. */
async function makeScene(given: object = {}): Promise<Scene> {
  const { owner, admin, otherAdmin, member, otherMember, former, applicant } = cast
  const conversation = await to.makeGroup(owner, [admin, otherAdmin, member, otherMember, former])
  for (const who of [admin, otherAdmin])
    await to.get(owner, 'groups.setRole', { conversation, number: numberOf(who), role: 'admin' })
  await to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(former)] })
  await to.get(owner, 'groups.configure', { conversation, joining: 'request', ...given })
  await to.get(applicant, 'groups.join', { conversation, greeting: 'please' })
  const said = {
    owner: await to.say(owner, conversation, 'by the owner'),
    otherAdmin: await to.say(otherAdmin, conversation, 'by an admin'),
    otherMember: await to.say(otherMember, conversation, 'by a member'),
  }
  return { conversation, said }
}

type Act = (who: LogIn, scene: Scene) => Promise<string>
const ok = 'ok'
const no = 'not_allowed_in_group'
const out = 'not_member'
/** What owner, admin, member, former member and stranger get. */
type Row = readonly [name: string, act: Act, answers: readonly [string, string, string, string, string], given?: object]

const until = () => Date.now() + 60_000
const number = (name: keyof Cast) => numberOf(cast[name])
const sent = async (answer: Promise<{ ok: true } | { ok: false; code: string }>) => {
  const given = await answer
  return given.ok ? ok : given.code
}

const table: readonly Row[] = [
  ['write', (who, { conversation }) => sent(to.send(who, conversation, 'x')), [ok, ok, ok, out, out]],
  ['read', (who, { conversation }) => to.tell(who, 'messages.page', { conversation }), [ok, ok, ok, out, out]],
  ['list members', (who, { conversation }) => to.tell(who, 'groups.members', { conversation }), [ok, ok, ok, out, out]],
  [
    'call everybody',
    (who, { conversation }) => sent(to.send(who, conversation, { kind: 'text', text: 'x', mentions_all: true })),
    [ok, ok, no, out, out],
  ],
  [
    'shake',
    (who, { conversation }) => sent(to.send(who, conversation, { kind: 'shake' })),
    ['forbidden', 'forbidden', 'forbidden', out, out],
  ],
  [
    'rename',
    (who, { conversation }) => to.tell(who, 'groups.configure', { conversation, name: 'x' }),
    [ok, ok, no, out, out],
  ],
  [
    'put up a notice',
    (who, { conversation }) => to.tell(who, 'groups.configure', { conversation, notice: 'x' }),
    [ok, ok, no, out, out],
  ],
  [
    'silence all',
    (who, { conversation }) => to.tell(who, 'groups.configure', { conversation, silenced: true }),
    [ok, ok, no, out, out],
  ],
  [
    'invite, where members may',
    (who, { conversation }) => to.tell(who, 'groups.invite', { conversation, numbers: [number('outsider')] }),
    [ok, ok, ok, out, out],
  ],
  [
    'invite, where admins may',
    (who, { conversation }) => to.tell(who, 'groups.invite', { conversation, numbers: [number('outsider')] }),
    [ok, ok, no, out, out],
    { inviting: 'admins' },
  ],
  [
    'make a link, where members may',
    (who, { conversation }) => to.tell(who, 'groups.makeLink', { conversation }),
    [ok, ok, ok, out, out],
  ],
  [
    'make a link, where admins may',
    (who, { conversation }) => to.tell(who, 'groups.makeLink', { conversation }),
    [ok, ok, no, out, out],
    { inviting: 'admins' },
  ],
  [
    'let an applicant in',
    (who, { conversation }) =>
      to.tell(who, 'groups.answer', { conversation, number: number('applicant'), accept: true }),
    [ok, ok, no, out, out],
  ],
  [
    'refuse an applicant',
    (who, { conversation }) =>
      to.tell(who, 'groups.answer', { conversation, number: number('applicant'), accept: false }),
    [ok, ok, no, out, out],
  ],
  ...(['owner', 'otherAdmin', 'otherMember'] as const).flatMap((name): Row[] => {
    const below = { owner: [no, no, no], otherAdmin: [ok, no, no], otherMember: [ok, ok, no] } as const
    const notEditable = {
      owner: [ok, 'not_editable', 'not_editable'],
      otherAdmin: [ok, 'not_editable', 'not_editable'],
      otherMember: [ok, ok, 'not_editable'],
    } as const
    return [
      [
        `remove ${name}`,
        (who, { conversation }) => to.tell(who, 'groups.remove', { conversation, numbers: [number(name)] }),
        [...below[name], out, out],
      ],
      [
        `silence ${name}`,
        (who, { conversation }) =>
          to.tell(who, 'groups.silence', { conversation, number: number(name), until: until() }),
        [...below[name], out, out],
      ],
      [
        `take back what ${name} said`,
        (who, { conversation, said }) => to.tell(who, 'messages.recall', { conversation, seq: said[name] }),
        [...notEditable[name], out, out],
      ],
    ]
  }),
  [
    'take back an event',
    (who, { conversation }) => to.tell(who, 'messages.recall', { conversation, seq: 1 }),
    ['not_editable', 'not_editable', 'not_editable', out, out],
  ],
  [
    'edit what another said',
    (who, { conversation, said }) => to.tell(who, 'messages.edit', { conversation, seq: said.otherMember, text: 'x' }),
    ['not_editable', 'not_editable', 'not_editable', out, out],
  ],
  [
    'make an admin',
    (who, { conversation }) =>
      to.tell(who, 'groups.setRole', { conversation, number: number('otherMember'), role: 'admin' }),
    [ok, no, no, out, out],
  ],
  [
    'make an admin a member',
    (who, { conversation }) =>
      to.tell(who, 'groups.setRole', { conversation, number: number('otherAdmin'), role: 'member' }),
    [ok, no, no, out, out],
  ],
  [
    'hand over',
    (who, { conversation }) => to.tell(who, 'groups.handOver', { conversation, number: number('otherMember') }),
    [ok, no, no, out, out],
  ],
  [
    'take a nickname',
    (who, { conversation }) => to.tell(who, 'groups.setNickname', { conversation, nickname: 'x' }),
    [ok, ok, ok, out, out],
  ],
  [
    'leave',
    (who, { conversation }) => to.tell(who, 'groups.leave', { conversation }),
    ['owner_cannot_leave', ok, ok, out, out],
  ],
  ['dissolve', (who, { conversation }) => to.tell(who, 'groups.dissolve', { conversation }), [ok, no, no, out, out]],
  [
    'ask to come in',
    (who, { conversation }) => to.tell(who, 'groups.join', { conversation }),
    ['already_member', 'already_member', 'already_member', ok, ok],
  ],
]

describe('[P51] who may do what', () => {
  for (const [name, act, answers, given] of table)
    test(name, async () => {
      for (const [index, role] of roles.entries()) {
        const scene = await makeScene(given)
        const { conversation } = scene
        const before = await to.membersOf(cast.owner, conversation)
        const answer = await act(cast[role], scene)
        expect([role, answer]).toEqual([role, answers[index] ?? ''])
        if (answer !== ok) expect(await to.membersOf(cast.owner, conversation)).toEqual(before)
      }
    })
})

test('[P51] nothing is done to oneself, nor to who is not in it, nor to nobody', async () => {
  const { conversation } = await makeScene()
  const { owner, admin, former, stranger } = cast
  for (const who of [owner, admin]) {
    const me = numberOf(who)
    expect(await to.tell(who, 'groups.remove', { conversation, numbers: [me] })).toBe(no)
    expect(await to.tell(who, 'groups.silence', { conversation, number: me, until: until() })).toBe(no)
    for (const absent of [numberOf(former), numberOf(stranger), 99_999_999]) {
      expect(await to.tell(who, 'groups.remove', { conversation, numbers: [absent] })).toBe('not_found')
      expect(await to.tell(who, 'groups.silence', { conversation, number: absent, until: until() })).toBe('not_found')
    }
  }
  expect(await to.tell(owner, 'groups.setRole', { conversation, number: numberOf(owner), role: 'member' })).toBe(no)
  expect(await to.tell(owner, 'groups.handOver', { conversation, number: numberOf(owner) })).toBe(no)
  expect(await to.tell(owner, 'groups.handOver', { conversation, number: numberOf(former) })).toBe('not_found')
})

test('[P50] of several removed at once all go, or none where one may not be', async () => {
  const { conversation } = await makeScene()
  const members = () => to.get(cast.owner, 'groups.members', { conversation })
  const before = await members()
  const numbers = [number('member'), number('otherMember')]
  expect(await to.tell(cast.admin, 'groups.remove', { conversation, numbers: [...numbers, number('owner')] })).toBe(no)
  expect(await to.tell(cast.admin, 'groups.remove', { conversation, numbers: [...numbers, 99_999_999] })).toBe(
    'not_found',
  )
  expect(await members()).toEqual(before)
  expect(await to.tell(cast.admin, 'groups.remove', { conversation, numbers: [...numbers, ...numbers] })).toBe(ok)
  expect((await members()).members).toHaveLength(before.members.length - 2)
})

test('[P51] a conversation of two is no group', async () => {
  const conversation = await to.befriend(cast.member, cast.stranger)
  const who = cast.member
  const answers = await Promise.all([
    to.tell(who, 'groups.members', { conversation }),
    to.tell(who, 'groups.people', { conversation, numbers: [numberOf(who)] }),
    to.tell(who, 'groups.configure', { conversation, name: 'x' }),
    to.tell(who, 'groups.leave', { conversation }),
    to.tell(who, 'groups.dissolve', { conversation }),
    to.tell(who, 'groups.invite', { conversation, numbers: [number('outsider')] }),
    to.tell(who, 'groups.makeLink', { conversation }),
    to.tell(who, 'groups.setNickname', { conversation, nickname: 'x' }),
  ])
  expect(new Set(answers)).toEqual(new Set([out]))
  expect(await to.tell(cast.outsider, 'groups.join', { conversation })).toBe('not_found')
})
