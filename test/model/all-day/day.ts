/** One day: three people with their devices and two groups, one who keeps the groups going, and a record of it all. */
import { ask, type Urls } from '../../../packages/cli/verify/ask.ts'
import { recordAmendments, type Amendments } from '../../../packages/cli/verify/amendments.ts'
import { openCable } from '../../../packages/cli/verify/cable.ts'
import { createDevice, type Device } from '../../../packages/cli/verify/device.ts'
import { recordHistory, type History } from '../../../packages/cli/verify/history.ts'
import { createDelays } from '../../../packages/cli/verify/observer.ts'
import { logInAgain, makeChats, makePeople, type Chat, type Person } from '../../../packages/cli/verify/people.ts'
import type { Subject } from '../subject.ts'
import { peopleCount } from './actions.ts'
import { recordBonds, type Bonds } from './bonds.ts'
import { recordForwards, type Forwards } from './forwards.ts'
import type { GroupHistory } from './timeline.ts'
import { createWitness, type Witness } from './witness.ts'

export interface Group {
  readonly conversation: number
  readonly history: GroupHistory
}

/** A device that was signed out from elsewhere, and the step of the history at which that was answered. */
export interface Revoked {
  readonly device: Device
  readonly at: number
}

export interface Day {
  readonly subject: Subject
  readonly urls: Urls
  readonly people: readonly Person[]
  /** In both groups from their beginning to the end: reads all that is said there. */
  readonly keeper: Person
  /** Of the three people, each with each. */
  readonly pairs: readonly Chat[]
  readonly groups: readonly Group[]
  readonly devices: Device[]
  readonly revoked: Revoked[]
  readonly history: History
  readonly amendments: Amendments
  readonly forwards: Forwards
  readonly bonds: Bonds
  readonly witness: Witness
  /** What was asked for and may not be answered yet. */
  readonly begun: Set<Promise<unknown>>
  addDevice(person: Person): Promise<void>
}

/** What may happen to something that was written before its writer, or what it is about, was gone. */
const mayRefuse = new Set([
  'not_member',
  'not_writable',
  'not_found',
  'recalled',
  'forbidden',
  'not_allowed_in_group',
] as const)

export async function beginDay(subject: Subject): Promise<Day> {
  const urls = [subject.url] as const
  const everybody = await makePeople({ urls, count: peopleCount + 1, tickets: [], invite: () => Promise.resolve(null) })
  const [keeper, ...people] = everybody
  if (!keeper) throw new Error('There is nobody.')
  const chats = await makeChats(urls, everybody)
  const pairs = chats.filter(({ members }) => !members.includes(keeper))
  const groups = [await makeGroup(urls, keeper, people, 'all'), await makeGroup(urls, keeper, people, 'since_joining')]
  const history = recordHistory((message, row) => forwards.accepts(message.id, row) ?? amendments.accepts(message, row))
  const amendments = recordAmendments(history.step)
  const forwards = recordForwards()
  const witness = createWitness(history.step)
  const delays = createDelays()
  const devices: Device[] = []
  let made = 0

  async function addDevice(person: Person, token: string): Promise<void> {
    const name = `${people.indexOf(person) + 1}.${(made += 1)}`
    const cable = await openCable(urls)
    const watch = witness.watch(name, person.number)
    const device = createDevice({ name, owner: person.number, token, cable, history, delays, mayRefuse, watch })
    devices.push(device)
    device.open()
  }

  // The first device of each has the session that is read with, so it is never signed out.
  for (const person of people) await addDevice(person, person.token)
  for (const person of people.slice(1)) await addDevice(person, await logInAgain(urls, person))
  return {
    subject,
    urls,
    people,
    keeper,
    pairs,
    groups,
    devices,
    revoked: [],
    history,
    amendments,
    forwards,
    bonds: recordBonds(history.step),
    witness,
    begun: new Set(),
    addDevice: async (person) => addDevice(person, await logInAgain(urls, person)),
  }
}

/** The first of the people owns it, so that there is somebody to leave, to hand it over, and to be put out by. */
async function makeGroup(urls: Urls, keeper: Person, people: readonly Person[], history: GroupHistory): Promise<Group> {
  const members = people.map(({ number }) => number)
  const { conversation } = await ask(urls, 'groups.create', { name: history, members }, keeper.token)
  await ask(urls, 'groups.configure', { conversation, history, inviting: 'members' }, keeper.token)
  const [first, second] = members
  if (first === undefined || second === undefined) throw new Error('There is nobody.')
  await ask(urls, 'groups.setRole', { conversation, number: second, role: 'admin' }, keeper.token)
  await ask(urls, 'groups.handOver', { conversation, number: first }, keeper.token)
  return { conversation, history }
}

export async function endDay({ devices, revoked }: Day): Promise<void> {
  for (const device of [...devices, ...revoked.map((one) => one.device)]) {
    await device.close()
    device.cable.close()
  }
}
