/** The bus of a single node keeps what core/ports.ts promises, and at once. */
import { expect, test } from 'bun:test'
import { describeBusContract } from './contract.ts'
import { createLocalBus } from './local.ts'

describeBusContract('local', async () => {
  const bus = createLocalBus()
  return { bus, peer: bus, settle: () => Promise.resolve() }
})

test('[D10] a local listener has heard by the time publish returns: nothing newer can overtake', () => {
  const bus = createLocalBus()
  const heard: string[] = []
  bus.subscribe('user.10001', ({ kind }) => heard.push(kind))
  bus.publish(['user.10001'], { kind: 'sessions_ended', sessions: ['x'], except: null })
  bus.publish(['user.10001'], { kind: 'frame', frame: '', except: null })
  expect(heard).toEqual(['sessions_ended', 'frame'])
})
