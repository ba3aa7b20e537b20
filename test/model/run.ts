/** One run: three people and their devices do what the list says; then everything is mended and compared. */
import { setSystemTime } from 'bun:test'
import { openCable } from '../../packages/cli/verify/cable.ts'
import { createDevice, type Device } from '../../packages/cli/verify/device.ts'
import { recordHistory, type Bookmark } from '../../packages/cli/verify/history.ts'
import { createDelays } from '../../packages/cli/verify/observer.ts'
import { logInAgain, makeChats, makePeople, type Chat, type Person } from '../../packages/cli/verify/people.ts'
import { sendAgain, sendAtOnce } from '../../packages/cli/verify/resend.ts'
import { compareAll, settle, type World } from '../../packages/cli/verify/settle.ts'
import { until } from '../harness.ts'
import { peopleCount, type Action } from './actions.ts'
import type { Subject } from './subject.ts'

/** What was done, over all runs: a model that never gets to restore anything proves nothing. */
export type Tally = Map<string, number>

interface Backup {
  readonly folder: string
  readonly bookmark: Bookmark
  /** Those whose sessions are in it. */
  readonly devices: ReadonlySet<Device>
}

interface Run {
  readonly subject: Subject
  readonly world: World & { devices: Device[] }
  readonly people: readonly Person[]
  backup: Backup | null
  addDevice(person: Person): Promise<void>
}

/** Milliseconds until all must be equal. */
const settleTime = 20_000
const mostDevices = 7

/** Returns every way in which a rule was broken. */
export async function runActions(subject: Subject, list: readonly Action[], tally: Tally): Promise<string[]> {
  const run = await begin(subject)
  try {
    for (const action of list) if (await act(run, action)) tally.set(action.kind, (tally.get(action.kind) ?? 0) + 1)
    const isStuck = (await settle(run.world, settleTime)) === null
    const faults = (await compareAll(run.world)).map(({ text }) => text)
    return isStuck ? [`[D7] not in step after ${settleTime} ms`, ...faults] : faults
  } finally {
    setSystemTime()
    for (const device of run.world.devices) {
      await device.close()
      device.cable.close()
    }
  }
}

async function begin(subject: Subject): Promise<Run> {
  const urls = [subject.url] as const
  const people = await makePeople({ urls, count: peopleCount, tickets: [], invite: () => Promise.resolve(null) })
  const history = recordHistory()
  const world = { urls, chats: await makeChats(urls, people), devices: [] as Device[], history, amendments: null }
  const delays = createDelays()
  let made = 0
  async function addDevice(person: Person): Promise<void> {
    const token = await logInAgain(urls, person)
    const name = `${people.indexOf(person) + 1}.${(made += 1)}`
    const cable = await openCable(urls)
    const device = createDevice({ name, owner: person.number, token, cable, history, delays })
    world.devices.push(device)
    device.open()
  }
  for (const person of [...people, ...people.slice(1)]) await addDevice(person)
  await settle(world, settleTime)
  return { subject, world, people, backup: null, addDevice }
}

/** False where there was nothing to do it with. */
async function act(run: Run, action: Action): Promise<boolean> {
  const { world, people, subject } = run
  if ('device' in action) {
    const device = world.devices[action.device % world.devices.length]
    return device ? actOn(world, device, action) : false
  }
  switch (action.kind) {
    case 'wait':
      return Bun.sleep(action.milliseconds).then(() => true)
    case 'clock':
      setSystemTime(new Date(Date.now() + action.minutes * 60_000))
      return true
    case 'newcomer': {
      const person = people[action.person]
      if (!person || world.devices.length >= mostDevices) return false
      await run.addDevice(person)
      return true
    }
    case 'kill':
    case 'restart':
      await (action.kind === 'kill' ? subject.kill() : subject.stop())
      return comeBack(run)
    case 'backup':
      return backUp(run, action.running)
    case 'restore':
      return restore(run, action.what)
  }
}

type DeviceAction = Extract<Action, { readonly device: number }>

async function actOn(world: World, device: Device, action: DeviceAction): Promise<boolean> {
  const { history } = world
  const client = device.client()
  switch (action.kind) {
    case 'send': {
      const { conversation } = chatOf(world, device, action.chat)
      for (let count = 0; count < action.count; count += 1)
        if (device.send(conversation, `${device.name} 早 🌅 #${history.sent}:`) === null) return false
      return true
    }
    case 'twice': {
      const twins = world.devices.filter((other) => other.owner === device.owner)
      const doors = [device, ...twins].map(({ token }) => ({ url: world.urls[0], token }))
      const { conversation } = chatOf(world, device, action.chat)
      const text = `twice ${history.sent}`
      await sendAtOnce(doors, history, { id: crypto.randomUUID(), conversation, sender: device.owner, text })
      return true
    }
    case 'again': {
      const sent = history.pickAcknowledged(device.owner, action.which / 101)
      if (!client || !sent || !isSound(device)) return false
      await sendAgain(client, history, sent)
      return true
    }
    case 'read': {
      const held = device.state()?.conversations.get(chatOf(world, device, action.chat).conversation)
      if (held) client?.read(held.id, Math.round((held.last_seq * action.percent) / 100))
      return held !== undefined
    }
    case 'cut':
    case 'tear':
    case 'freeze':
      device.cable[action.kind]()
      return true
    case 'mend':
      device.cable.mend()
      client?.wake()
      return true
    case 'delay':
      device.cable.delay(action.milliseconds)
      return true
    case 'crash':
    case 'close':
      await device[action.kind]()
      return client !== null
    case 'open':
      device.open()
      return client === null
  }
}

function chatOf({ chats }: World, { owner }: Device, which: number): Chat {
  const own = chats.filter(({ members }) => members.some(({ number }) => number === owner))
  const chat = own[which % own.length]
  if (!chat) throw new Error('Somebody has no conversation.')
  return chat
}

/** A request over a frozen cable would wait for the SDK's deadline. */
function isSound(device: Device): boolean {
  return device.cable.soundSince() !== null && device.state()?.connection.kind === 'online'
}

async function comeBack({ subject, world }: Run): Promise<true> {
  await subject.start()
  for (const device of world.devices) device.client()?.wake()
  return true
}

async function backUp(run: Run, running: boolean): Promise<true> {
  const { subject, world } = run
  if (!running) await subject.stop()
  const bookmark = world.history.bookmark()
  run.backup = { folder: subject.backUp(), bookmark, devices: new Set(world.devices) }
  return running ? true : comeBack(run)
}

/**
 * What was acknowledged after the backup is lost, and only that. Where the server cannot tell that it was restored, a
 * device can, as long as it knows more than the server: so all are in step before, and compare before anything is new.
 */
async function restore(run: Run, what: 'database' | 'folder'): Promise<boolean> {
  const { subject, world, backup } = run
  if (!backup) return false
  if (what === 'folder') await settleOrThrow(world)
  await subject.stop()
  // Not even what a frozen cable holds back is heard any more: it would be of the lost history.
  for (const { cable } of world.devices) cable.drop()
  await until(() => world.devices.every((device) => device.state()?.connection.kind !== 'online'), settleTime)
  await signOutNewer(world, backup)
  const pending = await Promise.all(world.devices.map((device) => device.readPending()))
  world.history.restore(backup.bookmark, new Set(pending.flatMap((ids) => [...ids])))
  subject.putBack(backup.folder, what)
  await comeBack(run)
  if (what === 'folder') {
    await settleOrThrow(world)
    world.history.trust()
  }
  return true
}

/** Their sessions are not in the backup. */
async function signOutNewer(world: Run['world'], backup: Backup): Promise<void> {
  for (const device of world.devices.filter((other) => !backup.devices.has(other))) {
    world.devices.splice(world.devices.indexOf(device), 1)
    await device.close()
    device.cable.close()
    for (const id of await device.readPending()) world.history.excuse(id)
  }
}

async function settleOrThrow(world: World): Promise<void> {
  if ((await settle(world, settleTime)) === null) throw new Error(`[D7] not in step after ${settleTime} ms`)
}
