/** What is done all day, one after the other: each doing begins, and is recorded; its answer is awaited by nobody. */
import type { Device } from '../../../packages/cli/verify/device.ts'
import type { Doing, DoingOf as Of } from './actions.ts'
import { amend, chat, look } from './chatting.ts'
import { gather, groupOf, relate, runGroup } from './circles.ts'
import type { Day } from './day.ts'
import { troubleDevice, troubleServer } from './troubles.ts'

/** What was done, over all days, and how it was answered: a model in which nobody ever is put out proves nothing. */
export type Tally = Map<string, number>

/** Counts what was begun, and what was answered how. */
export async function act(day: Day, doing: Doing, tally: Tally): Promise<void> {
  const count = (name: string) => void tally.set(name, (tally.get(name) ?? 0) + 1)
  const begin = (doingIt: Promise<string | null>) => {
    const counted = doingIt.then((outcome) => count(`${doing.kind}${outcome === null ? '' : ` ${outcome}`}`))
    day.begun.add(counted)
    void counted.finally(() => day.begun.delete(counted))
  }
  if (!('device' in doing)) {
    if (doing.kind === 'gather') return begin(gather(day, doing))
    return (await troubleServer(day, doing)) ? count(doing.kind) : undefined
  }
  const device = pickDevice(day, doing)
  if (!device) return
  switch (doing.kind) {
    case 'say':
    case 'forward':
    case 'arrange':
    case 'read':
      return chat(day, device, doing) ? count(doing.kind) : undefined
    case 'look':
      return begin(look(day, device, doing))
    case 'edit':
    case 'recall':
    case 'react':
      return begin(amend(day, device, doing))
    case 'invite':
    case 'remove':
    case 'promote':
    case 'demote':
    case 'handOver':
    case 'silence':
    case 'unsilence':
    case 'leave':
    case 'configure':
      return begin(runGroup(day, device, doing))
    case 'block':
    case 'unblock':
    case 'part':
    case 'befriend':
      return begin(relate(day, device, doing))
    case 'revoke':
    case 'cut':
    case 'tear':
    case 'freeze':
    case 'mend':
    case 'crash':
    case 'close':
    case 'open':
    case 'delay':
      return (await troubleDevice(day, device, doing)) ? count(doing.kind) : undefined
  }
}

const needAnswer: ReadonlySet<Doing['kind']> = new Set([
  'edit',
  'recall',
  'react',
  'invite',
  'remove',
  'promote',
  'demote',
  'handOver',
  'silence',
  'unsilence',
  'leave',
  'configure',
  'block',
  'unblock',
  'part',
  'befriend',
])

/**
 * What is asked now or not at all is asked by a device that is connected, if there is one; and mostly by somebody who
 * may, where it takes a role.
 */
function pickDevice(day: Day, doing: Extract<Doing, { readonly device: number }>): Device | undefined {
  const online = day.devices.filter(({ state }) => state()?.connection.kind === 'online')
  const isForRole = 'whom' in doing && 'group' in doing && doing.device % 4 > 0
  const able = isForRole ? online.filter((device) => mayRun(day, device, doing)) : online
  const fit = [able, online].find((list) => needAnswer.has(doing.kind) && list.length > 0) ?? day.devices
  return fit[doing.device % fit.length]
}

function mayRun(
  day: Day,
  { state }: Device,
  { kind, group }: Of<'invite' | 'remove' | 'promote' | 'demote' | 'handOver' | 'silence' | 'unsilence'>,
): boolean {
  const held = state()?.conversations.get(groupOf(day, { group }).conversation)
  if (held?.kind !== 'group') return false
  return kind === 'invite' || held.role === 'owner' || (kind === 'remove' && held.role === 'admin')
}
