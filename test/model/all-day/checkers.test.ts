/** The checkers of a day can fail: each way of breaking a rule is named. */
import { expect, test } from 'bun:test'
import type { ClientState, Conversation } from '@rookery/client'
import type { Body, GroupEvent, MessageRow } from '@rookery/protocol'
import { recordBonds } from './bonds.ts'
import { recordForwards } from './forwards.ts'
import { readTimeline, type GroupHistory } from './timeline.ts'
import { createWitness } from './witness.ts'

const [owner, admin, member, late] = [1, 2, 3, 4]

type Line = readonly [sender: number, said: string, ...people: number[]]

const texts = new Set(['text', 'all', 'recalled'])

/** A log of these lines, one seq and one rev each. */
function makeLog(lines: readonly Line[]): MessageRow[] {
  return lines.map(([sender, said, ...people], index) => {
    const seq = index + 1
    return { conversation: 7, seq, rev: seq, id: `id ${seq}`, sender, at: 0, body: bodyOf(said, people) }
  })
}

function bodyOf(said: string, people: readonly number[]): Body {
  if (said === 'recalled') return { kind: 'recalled', by: people[0] ?? 0 }
  if (texts.has(said)) return { kind: 'text', text: said, ...(said === 'all' && { mentions_all: true }) }
  return { kind: 'event', event: said as GroupEvent, people: people.map((number) => ({ number, name: '' })) }
}

const start: readonly Line[] = [
  [owner, 'created', admin, member],
  [owner, 'promoted', admin],
]

function wrongsOf(lines: readonly Line[], history: GroupHistory = 'all'): string[] {
  return readTimeline(makeLog([...start, ...lines]), history).faults.map(({ text }) => text.replace(/^.*: /, ''))
}

test('a day on which everybody does what they may has no fault', () => {
  const lines: Line[] = [
    [member, 'text'],
    [admin, 'all'],
    [owner, 'muted', member],
    [owner, 'unmuted', member],
    [admin, 'muted'],
    [admin, 'text'],
    [admin, 'unmuted'],
    [member, 'invited', late],
    [admin, 'removed', late],
    [member, 'left'],
    [owner, 'handed_over', admin],
    [owner, 'left'],
    [admin, 'renamed'],
  ]
  expect(wrongsOf(lines)).toEqual([])
})

test.each<[string, Line[]]>([
  ['3 called everybody', [[member, 'all']]],
  ['3 removed', [[member, 'removed', admin]]],
  ['2 removed', [[admin, 'removed', owner]]],
  ['2 promoted', [[admin, 'promoted', member]]],
  ['2 handed_over', [[admin, 'handed_over', member]]],
  ['3 muted', [[member, 'muted', admin]]],
  ['3 muted', [[member, 'muted']]],
  ['3 renamed', [[member, 'renamed']]],
  ['1 left', [[owner, 'left']]],
  ['4 invited', [[late, 'invited', late]]],
  ['4 wrote', [[late, 'text']]],
  [
    '3 wrote',
    [
      [owner, 'muted', member],
      [member, 'text'],
    ],
  ],
  [
    '3 wrote',
    [
      [owner, 'muted'],
      [member, 'text'],
    ],
  ],
  [
    '3 wrote',
    [
      [owner, 'removed', member],
      [member, 'text'],
    ],
  ],
  ['3 took it back', [[admin, 'recalled', member]]],
  ['2 took it back', [[owner, 'recalled', admin]]],
])('[D10] %s without the right to', (wrong, lines) => {
  expect(wrongsOf(lines)).toEqual([`${wrong} without the right to`])
})

test('who calls everybody at the moment at which the right is lost, may', () => {
  const log = makeLog([...start, [owner, 'demoted', admin], [admin, 'all'], [member, 'all']])
  expect(readTimeline(log, 'all').faults).toHaveLength(2)
  const together = readTimeline(log, 'all', ({ seq }) => seq !== 3)
  expect(together.faults.map(({ text }) => text.slice(0, 13))).toEqual(['[D10] 7/5: 3 '])
})

test('[D8] [D10] what is for whom: from when they came, until when they went', () => {
  const lines: Line[] = [
    [owner, 'invited', late],
    [owner, 'text'],
    [owner, 'removed', late],
    [owner, 'text'],
    [owner, 'invited', late],
  ]
  const since = readTimeline(makeLog([...start, ...lines]), 'since_joining')
  const seen = (maySee: typeof since.maySee) => [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => maySee(late, seq, seq))
  expect(seen(since.maySee)).toEqual([false, false, true, true, false, false, true, true])
  // Said while in, changed while out, and again when back.
  expect([since.maySee(late, 4, 4), since.maySee(late, 4, 6), since.maySee(late, 4, 9)]).toEqual([true, false, false])
  const all = readTimeline(makeLog([...start, ...lines]), 'all')
  expect(seen(all.maySee)).toEqual([true, true, true, true, true, true, true, true])
  expect([all.isIn(late), all.isIn(owner), all.isIn(99)]).toEqual([true, true, false])
  expect(readTimeline(makeLog([...start, ...lines.slice(0, 4)]), 'all').maySee(late, 6, 6)).toBe(false)
})

const done = () => Promise.resolve({ ok: true })

test('[D10] between two people nothing comes from the answer to a block until somebody asks to undo it', async () => {
  let step = 0
  const bonds = recordBonds(() => (step += 1))
  const say = async (closes: boolean, answer: () => Promise<{ ok: boolean; code?: string }>) => {
    await bonds.change(7, closes, answer)
    return step
  }
  await say(true, () => Promise.resolve({ ok: false, code: 'unreachable' }))
  expect(bonds.isClosed(7, step + 1, step + 2)).toBe(false)
  const closed = await say(true, done)
  expect([bonds.isClosed(7, closed + 1, 1_000), bonds.isClosed(7, closed - 1, 1_000)]).toEqual([true, false])
  expect(bonds.isClosed(8, closed + 1, 1_000)).toBe(false)
  await say(false, () => Promise.resolve({ ok: false, code: 'already_contacts' }))
  expect(bonds.isClosed(7, closed + 1, 1_000)).toBe(true)
  const opened = await say(false, done)
  expect([bonds.isClosed(7, closed + 1, closed + 1), bonds.isClosed(7, closed + 1, opened)]).toEqual([true, false])
})

test('[D8] [D9] a forward of what was taken back before, or was never theirs', () => {
  const forwards = recordForwards()
  forwards.add({ id: 'id 1', by: owner, from: 8, seq: 3, merged: false, askedAt: 10 })
  const log = makeLog([[owner, 'text']])
  const rulesOf = (recalledAt: number, maySee: boolean) =>
    forwards
      .findFaults(
        log,
        () => recalledAt,
        () => maySee,
      )
      .map(({ text }) => text.slice(0, 4))
  expect([rulesOf(11, true), rulesOf(9, true), rulesOf(11, false)]).toEqual([[], ['[D9]'], ['[D8]']])
  const [row] = log
  expect(row && [forwards.accepts('id 1', row), forwards.accepts('other', row)]).toEqual([false, undefined])
})

/** As much of a state as the witness looks at. */
function show(messages: MessageRow[], from_seq = 0, quoted: ClientState['quoted'] = new Map()): ClientState {
  const conversation = { id: 7, messages, from_seq, around: null } as unknown as Conversation
  const conversations = new Map([[7, conversation]])
  return { conversations, quoted, groupPeople: new Map() } as unknown as ClientState
}

test('[D8] [D11] what a device shows: revs that fall, two texts of one rev, what is not its owner’s', () => {
  let step = 0
  const witness = createWitness(() => (step += 1))
  const see = witness.watch('1.1', owner)()
  const other = witness.watch('2.1', admin)()
  const [first, second] = makeLog([
    [owner, 'text'],
    [owner, 'text'],
  ])
  if (!first || !second) throw new Error('There is no log.')
  const noted = () => witness.noted.map(({ text }) => text.slice(0, 4))
  see(show([first, second]))
  see(show([{ ...first, rev: 3 }, second]))
  expect(noted()).toEqual([])
  see(show([first, second]))
  expect(noted()).toEqual(['[D11'])
  other(show([{ ...second, body: { kind: 'text', text: 'other' } }]))
  expect(noted()).toEqual(['[D11', '[D11'])
  see(show([first, second], 1))
  expect(noted().slice(2)).toEqual(['[D8]'])
  see({ ...show([second], 1, new Map([['8 1', { ...first, conversation: 8 }]])) })
  expect(noted().slice(3)).toEqual(['[D8]'])
  expect([...witness.sightings].map(({ device, row }) => [device, row.conversation, row.seq, row.rev])).toEqual([
    ['1.1', 7, 1, 1],
    ['1.1', 7, 2, 2],
    ['1.1', 7, 1, 3],
    ['2.1', 7, 2, 2],
    ['1.1', 8, 1, 1],
  ])
})
