/** What every roll call promises. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Present, Roll, RollCall } from '../../core/bus-ports.ts'

export interface OpenedRollCall {
  readonly rollCall: RollCall
  /** Another node's end; the same object where there is one node. */
  readonly peer: RollCall
  close(): Promise<void>
}

/** Nobody is active where it does not say so. */
type Has = Roll & Partial<Present>

/** A node that has these. */
const answerOf = (has: Has) => (asked: Roll) => ({
  people: asked.people.filter((number) => has.people.includes(number)),
  active: asked.people.filter((number) => has.people.includes(number) && has.active?.includes(number)),
  sessions: asked.sessions.filter((session) => has.sessions.includes(session)),
})

const nobody: Roll = { people: [], sessions: [] }

const sorted = ({ people, active, sessions }: Present) => ({
  people: people.toSorted((a, b) => a - b),
  active: active.toSorted((a, b) => a - b),
  sessions: sessions.toSorted(),
})

export function describeRollCallContract(name: string, open: () => Promise<OpenedRollCall>): void {
  describe(`roll call contract: ${name}`, () => {
    let opened: OpenedRollCall
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    /** Where both are one node it has what the peer has. */
    function begin(own: Has, peers: Has): void {
      opened.rollCall.answerWith(answerOf(own))
      opened.peer.answerWith(answerOf(peers))
    }

    const ask = async (asked: Roll) => sorted(await opened.rollCall.ask(asked))

    test('of those asked for, whoever is at some node is there, and nobody else', async () => {
      begin(nobody, { people: [1, 2, 3], sessions: ['a', 'b'] })
      const asked = { people: [3, 4, 2, 5], sessions: ['b', 'c'] }
      expect(await ask(asked)).toEqual({ people: [2, 3], active: [], sessions: ['b'] })
      expect(await ask({ people: [], sessions: [] })).toEqual({ people: [], active: [], sessions: [] })
    })

    test('whom several nodes have is there once', async () => {
      const roll = { people: [1], sessions: ['a', 'z'] }
      begin(roll, roll)
      expect(await ask({ people: [1, 6], sessions: ['a', 'z'] })).toEqual({
        people: [1],
        active: [],
        sessions: ['a', 'z'],
      })
    })

    test('[P91] who rests at one node and is active at another is active', async () => {
      begin({ people: [1, 2], sessions: [] }, { people: [1, 2, 3], active: [1, 2], sessions: [] })
      expect(await ask({ people: [1, 3], sessions: [] })).toEqual({ people: [1, 3], active: [1], sessions: [] })
      begin({ people: [1, 2], active: [1, 2], sessions: [] }, { people: [1, 2], active: [1], sessions: [] })
      expect((await ask({ people: [1], sessions: [] })).active).toEqual([1])
    })

    test('a hundred questions at once get each their own answer', async () => {
      const people = Array.from({ length: 100 }, (_, index) => index)
      begin(nobody, { people: people.map((number) => 2 * number), sessions: [] })
      const answers = await Promise.all(people.map((number) => ask({ people: [number, number + 1], sessions: [] })))
      for (const [index, answer] of answers.entries()) expect(answer.people).toEqual([index + (index % 2)])
    })

    test('five thousand people are asked for at once', async () => {
      const people = Array.from({ length: 5_000 }, (_, index) => 99_999_990_000 + index)
      begin(nobody, { people: people.slice(10), sessions: [] })
      expect((await ask({ people, sessions: [] })).people).toHaveLength(4_990)
    })
  })
}
