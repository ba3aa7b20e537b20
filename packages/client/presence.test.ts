import { expect, test } from 'bun:test'
import { ok, type Answer } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { createPresence } from './presence.ts'
import { initialState } from './state.ts'

test('what was said while the list was on its way is newer than the list', async () => {
  const listed = Promise.withResolvers<Answer<'presence.list'>>()
  let state = initialState
  const presence = createPresence({
    // Nothing else is called here.
    call: (() => listed.promise) as unknown as Connection['call'],
    state: () => state,
    set: (next) => {
      state = next
    },
  })
  const refreshed = presence.refresh()
  presence.receive({ push: 'presence', number: 10_002, status: 'online' })
  presence.receive({ push: 'presence', number: 10_003, status: 'offline' })
  listed.resolve(
    ok({
      people: [
        { number: 10_003, status: 'online' },
        { number: 10_004, status: 'away' },
      ],
    }),
  )
  await refreshed
  expect([...state.online].toSorted(([one], [other]) => one - other)).toEqual([
    [10_002, 'online'],
    [10_004, 'away'],
  ])
})
