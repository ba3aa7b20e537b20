/** What people do with groups and with each other. */
import type { Answer, Input, OperationName } from '@rookery/protocol'
import { ask } from '../../../packages/cli/verify/ask.ts'
import type { Device } from '../../../packages/cli/verify/device.ts'
import type { DoingOf as Of } from './actions.ts'
import { outcomeOf } from './chatting.ts'
import type { Day, Group } from './day.ts'

/** By a device, or by an answer that never comes. */
async function call<Name extends OperationName>(device: Device, name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return (await device.client()?.call(name, input)) ?? { ok: false, code: 'unreachable' }
}

/** One of the two others. */
function otherOf({ people }: Day, { owner }: Device, whom: number): number {
  const others = people.filter(({ number }) => number !== owner)
  return others[whom % others.length]?.number ?? 0
}

/** Far enough away never to come. */
const forEver = 9_000_000_000_000

export async function runGroup(
  day: Day,
  device: Device,
  doing: Of<'invite' | 'remove' | 'promote' | 'demote' | 'handOver' | 'silence' | 'unsilence' | 'leave' | 'configure'>,
): Promise<string> {
  const { conversation } = groupOf(day, doing)
  const number = 'whom' in doing ? otherOf(day, device, doing.whom) : 0
  switch (doing.kind) {
    case 'invite':
      return outcomeOf(await call(device, 'groups.invite', { conversation, numbers: [number] }))
    case 'remove':
      return outcomeOf(await call(device, 'groups.remove', { conversation, numbers: [number] }))
    case 'promote':
    case 'demote': {
      const role = doing.kind === 'promote' ? 'admin' : 'member'
      return outcomeOf(await call(device, 'groups.setRole', { conversation, number, role }))
    }
    case 'handOver':
      return outcomeOf(await call(device, 'groups.handOver', { conversation, number }))
    case 'silence':
    case 'unsilence': {
      const until = doing.kind === 'silence' ? forEver : 0
      return outcomeOf(await call(device, 'groups.silence', { conversation, number, until }))
    }
    case 'leave':
      return outcomeOf(await call(device, 'groups.leave', { conversation }))
    case 'configure': {
      const { what } = doing
      const text = `${what} ${day.history.step()}`
      const change = what === 'name' || what === 'notice' ? { [what]: text } : { silenced: what === 'silenced' }
      return outcomeOf(await call(device, 'groups.configure', { conversation, ...change }))
    }
  }
}

export function groupOf({ groups }: Day, { group }: { readonly group: number }): Group {
  const found = groups[group % groups.length]
  if (!found) throw new Error('There is no group.')
  return found
}

export async function gather(day: Day, doing: Of<'gather'>): Promise<string> {
  const { urls, keeper, people } = day
  const { conversation } = groupOf(day, doing)
  const numbers = people.map(({ number }) => number)
  const { joined } = await ask(urls, 'groups.invite', { conversation, numbers }, keeper.token)
  return joined.length > 0 ? 'made' : 'nothing'
}

export async function relate(
  day: Day,
  device: Device,
  { kind, whom }: Of<'block' | 'unblock' | 'part' | 'befriend'>,
): Promise<string> {
  const number = otherOf(day, device, whom)
  const isOf = (one: number) => day.pairs.filter(({ members }) => members.some((person) => person.number === one))
  const pair = isOf(number).find((chat) => isOf(device.owner).includes(chat))
  if (!pair) return 'nothing'
  let outcome = ''
  await day.bonds.change(pair.conversation, kind === 'block' || kind === 'part', async () => {
    const answer = await askTo()
    outcome = outcomeOf(answer)
    return answer
  })
  return outcome

  async function askTo(): Promise<{ readonly ok: boolean; readonly code?: string }> {
    switch (kind) {
      case 'block':
      case 'unblock':
        return call(device, 'contacts.block', { number, blocked: kind === 'block' })
      case 'part':
        return call(device, 'contacts.remove', { number })
      case 'befriend':
        return call(device, 'contacts.request', { number })
    }
  }
}
