/** After the storm: waits until everybody is in step, and compares everything. */
import { readLog, readStandings, type Urls } from './ask.ts'
import { findDifferences } from './compare.ts'
import type { Device } from './device.ts'
import { fault, type Fault } from './faults.ts'
import type { History } from './history.ts'
import type { Amendments } from './amendments.ts'
import type { Chat } from './people.ts'

export interface World {
  readonly urls: Urls
  readonly chats: readonly Chat[]
  readonly devices: readonly Device[]
  readonly history: History
  /** Null where nothing is changed that was sent. */
  readonly amendments: Amendments | null
}

/** Mends every cable and starts what is closed. Null: not all were equal in the time given; else how long it took. */
export async function settle(world: World, milliseconds: number): Promise<number | null> {
  const began = performance.now()
  for (const { cable } of world.devices) cable.mend()
  for (const device of world.devices) device.open()
  let askedAt = Number.NEGATIVE_INFINITY
  while (performance.now() - began < milliseconds) {
    for (const device of world.devices) if (device.state()?.connection.kind === 'waiting') device.client()?.wake()
    if (agree(world) && performance.now() - askedAt > 200) {
      askedAt = performance.now()
      if (await equalServer(world).catch(() => false)) return performance.now() - began
    }
    await Bun.sleep(20)
  }
  return null
}

function agree({ devices, chats }: World): boolean {
  return chats.every(({ conversation, members }) => {
    const heads = new Set<number>()
    return (
      members.every(({ number }) => {
        const pointers = new Set<number>()
        const own = devices.filter(({ owner }) => owner === number)
        const areQuiet = own.every((device) => {
          const state = device.state()
          const held = state?.conversations.get(conversation)
          if (!held || !state?.synced || state.connection.kind !== 'online') return false
          heads.add(held.last_seq)
          pointers.add(held.read_seq)
          return held.pending.every(({ state: { kind } }) => kind === 'failed')
        })
        return areQuiet && pointers.size <= 1
      }) && heads.size <= 1
    )
  })
}

async function equalServer({ devices, urls, chats }: World): Promise<boolean> {
  const people = new Map(chats.flatMap(({ members }) => members.map((person) => [person.number, person] as const)))
  for (const { number, token } of people.values()) {
    const standings = await readStandings(urls, token)
    for (const device of devices.filter(({ owner }) => owner === number)) {
      for (const [conversation, { last_seq, read_seq, unread }] of standings) {
        const held = device.state()?.conversations.get(conversation)
        if (held?.last_seq !== last_seq || held.read_seq !== read_seq || held.unread !== unread) return false
      }
    }
  }
  return true
}

/** Every device's whole log against the server's, and the server's against what was recorded. */
export async function compareAll(world: World): Promise<Fault[]> {
  const { urls, chats, devices, history, amendments } = world
  const faults = [...history.noted]
  for (const { conversation, members } of chats) {
    const logs = await Promise.all(members.map(({ token }) => readLog(urls, token, conversation)))
    const [log = [], ...others] = logs
    if (others.some((other) => JSON.stringify(log) !== JSON.stringify(other)))
      faults.push(fault('changed', `[D2] the members of ${conversation} are given different logs`))
    faults.push(...history.findFaults(conversation, log), ...(amendments?.findFaults(conversation, log) ?? []))
    for (const { number, token } of members) {
      const standing = (await readStandings(urls, token)).get(conversation)
      const { read_seq, unread } = standing ?? { read_seq: 0, unread: 0 }
      if (read_seq < history.pointerOf(number, conversation))
        faults.push(fault('pointer', `[D6] the server went back in ${conversation}: ${number} is at ${read_seq}`))
      for (const device of devices.filter(({ owner }) => owner === number))
        faults.push(...(await compareDevice(device, conversation, { log, read_seq, unread })))
    }
  }
  return faults
}

async function compareDevice(
  device: Device,
  conversation: number,
  stored: Parameters<typeof findDifferences>[1],
): Promise<Fault[]> {
  await loadAll(device, conversation)
  const held = device.state()?.conversations.get(conversation)
  if (!held) return [fault('gap', `[D7] ${device.name} does not have conversation ${conversation}`)]
  const { messages: log, read_seq, unread, pending } = held
  const { name, owner: reader } = device
  return findDifferences({ device: name, reader, conversation, log, read_seq, unread, pending: pending.length }, stored)
}

/** `loadOlder` is false also when the server is away just now. */
async function loadAll(device: Device, conversation: number): Promise<void> {
  const reaches = () => (device.state()?.conversations.get(conversation)?.messages[0]?.seq ?? 1) <= 1
  for (let attempt = 0; attempt < 5; attempt += 1) {
    for (let goesOn = true; goesOn;) goesOn = (await device.client()?.loadOlder(conversation)) ?? false
    if (reaches()) return
    await Bun.sleep(500)
  }
}
