import { expect, test } from 'bun:test'
import { readPeople } from '@rookery/client'
import { ok, refuse, type Answer } from '@rookery/protocol'
import { importPeople, type ImportPorts, type ImportReport } from './import-people.ts'

function scene(answers: Record<number, Answer<'contacts.request'>[]>) {
  const reports: ImportReport[] = []
  const asked: number[] = []
  const paused: number[] = []
  const ports: ImportPorts = {
    me: 20_170_000_001,
    standing: (number) => (number === 20_170_000_003 ? 'friend' : 'none'),
    async request(number) {
      asked.push(number)
      return answers[number]?.shift() ?? ok({ state: 'friend' })
    },
    pause: async (milliseconds) => void paused.push(milliseconds),
    onProgress: (report) => void reports.push(report),
  }
  return { ports, reports, asked, paused }
}

test('every line is taken: done, already there, or bad with its number and reason; the rest goes on', async () => {
  const text = 'me:20170000001\nno number\ntwo:20170000002\nthree:20170000003\nfour:20170000004\nfive:20170000005\n'
  const { ports, reports, asked } = scene({
    20_170_000_004: [refuse('not_found')],
    20_170_000_005: [refuse('already_contacts')],
  })
  await importPeople(readPeople(text), ports, new AbortController().signal)
  expect(asked).toEqual([20_170_000_002, 20_170_000_004, 20_170_000_005])
  expect(reports.map(({ through }) => through)).toEqual([1, 2, 3, 4, 5, 6])
  expect(reports.at(-1)).toMatchObject({ total: 6, added: 1, already: 2 })
  expect(reports.at(-1)?.bad).toEqual([
    { line: 1, text: 'me:20170000001', reason: 'self' },
    { line: 2, text: 'no number', reason: 'form' },
    { line: 5, text: 'four:20170000004', reason: 'not_found' },
  ])
})

test('waits as long as the server says, and tries the same line again', async () => {
  const { ports, reports, asked, paused } = scene({
    20_170_000_002: [refuse('too_many_requests', 250), refuse('unreachable')],
  })
  await importPeople(readPeople('two:20170000002\n'), ports, new AbortController().signal)
  expect(asked).toHaveLength(3)
  expect(paused).toEqual([250, 1_000])
  expect(reports.at(-1)).toMatchObject({ added: 1, bad: [] })
})

test('a server that never answers ends the line, not the list; closing ends the list', async () => {
  const always = Array.from({ length: 100 }, () => refuse('unreachable'))
  const { ports, reports } = scene({ 20_170_000_002: always })
  await importPeople(readPeople('two:20170000002\nfour:20170000004\n'), ports, new AbortController().signal)
  expect(reports.at(-1)).toMatchObject({ added: 1, bad: [{ line: 1, reason: 'unreachable' }] })
  const closed = scene({})
  await importPeople(readPeople('two:20170000002\n'), closed.ports, AbortSignal.abort())
  expect(closed.asked).toEqual([])
})
