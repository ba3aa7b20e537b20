/** The bus of a single node, and its roll call, keep what core/bus-ports.ts promises, and at once. */
import { describeBusContract } from './contract/events.ts'
import { describeRollCallContract } from './contract/roll-call.ts'
import { createLocalBus, createLocalRollCall } from './local.ts'

describeBusContract('local', async () => {
  const bus = createLocalBus()
  return { bus, peer: bus, settle: () => Promise.resolve() }
})

describeRollCallContract('local', async () => {
  const rollCall = createLocalRollCall()
  return { rollCall, peer: rollCall, close: async () => {} }
})
