/** One whole check of a running server, from the first sign-up to the figures. */
import { recordAmendments } from './amendments.ts'
import { ask, type Urls } from './ask.ts'
import { openCable } from './cable.ts'
import { createDevice, type Device } from './device.ts'
import { fault } from './faults.ts'
import { recordHistory } from './history.ts'
import { createDelays } from './observer.ts'
import { logInAgain, makeChats, makeGroup, makePeople, type Person } from './people.ts'
import { createRandom } from './random.ts'
import { makeReport, type Report } from './report.ts'
import { compareAll, settle, type World } from './settle.ts'
import { storm } from './storm.ts'

export interface RunOptions {
  readonly urls: Urls
  readonly seconds: number
  readonly people: number
  /** Of each person, to begin with. */
  readonly devices: number
  /** Sends per second, over all devices. */
  readonly rate: number
  readonly seed: number
  readonly tickets: readonly string[]
  invite(): Promise<string | null>
  /** Ends the storm early. */
  readonly signal: AbortSignal
}

/** Milliseconds that devices may take until all are equal: less than their comparison by the clock would need. */
const settleTime = 40_000

export async function verify(options: RunOptions): Promise<Report> {
  const { urls, seconds, rate, seed, signal, tickets, invite } = options
  const people = await makePeople({ urls, count: options.people, tickets, invite })
  const chats = [...(await makeChats(urls, people)), ...(await makeGroup(urls, people))]
  const history = recordHistory((message, row) => amendments.accepts(message, row))
  const amendments = recordAmendments(history.step)
  const delays = createDelays()
  const devices: Device[] = []
  const world: World = { urls, chats, devices, history, amendments }

  async function addDevice(person: Person, token: string): Promise<void> {
    const place = devices.filter(({ owner }) => owner === person.number).length + 1
    const name = `${people.indexOf(person) + 1}.${place}`
    const cable = await openCable(urls, devices.length)
    const device = createDevice({ name, owner: person.number, token, cable, history, delays })
    devices.push(device)
    device.open()
  }

  try {
    for (let count = 0; count < options.devices; count += 1)
      for (const person of people) await addDevice(person, await logInAgain(urls, person))
    const random = createRandom(seed)
    const newcomers = people.length * 2
    await settle(world, settleTime)
    await storm({ world, people, random, seconds, rate, signal, addDevice, newcomers })
    const equalAfter = await settle(world, settleTime)
    const faults = await compareAll(world)
    if (equalAfter === null) faults.push(fault('stuck', `[D7] not in step after ${settleTime / 1_000} s`))
    const { made: amended } = amendments
    return makeReport({ seed, history, amended, faults, delays: delays.sorted(), equalAfter, devices: devices.length })
  } finally {
    for (const device of devices) {
      await device.close()
      device.cable.close()
      await ask(urls, 'sessions.logOut', {}, device.token).catch(() => null)
    }
    for (const { token } of people) await ask(urls, 'sessions.logOut', {}, token).catch(() => null)
  }
}
