/** The end of a day: everything is mended, and all devices come to be in step with the server. */
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'
import { findLags, readAccount } from './account.ts'
import type { Day } from './day.ts'

/** Milliseconds until all must be in step. */
const settleTime = 20_000

/** Returns who never was, and in what. */
export async function settleDay(day: Day): Promise<Fault[]> {
  const { devices, revoked, history } = day
  const all = [...devices, ...revoked.map(({ device }) => device)]
  for (const { cable } of all) cable.mend()
  for (const device of all) device.open()
  await Promise.allSettled(day.begun)
  // What was written there goes nowhere.
  for (const { device } of revoked) for (const id of await device.readPending()) history.excuse(id)
  const deadline = performance.now() + settleTime
  for (;;) {
    for (const device of all) if (device.state()?.connection.kind === 'waiting') device.client()?.wake()
    const lags = [...(await findAllLags(day)), ...findSignedIn(day)]
    if (lags.length === 0 || performance.now() > deadline) return lags
    await Bun.sleep(40)
  }
}

async function findAllLags({ urls, people, devices }: Day): Promise<Fault[]> {
  const found: Fault[] = []
  for (const { number, token } of people) {
    const account = await readAccount(urls, token)
    for (const { name, state } of devices.filter(({ owner }) => owner === number))
      for (const lag of findLags(state(), account)) found.push(fault('stuck', `[D7] ${name} ${lag}`, name))
  }
  return found
}

function findSignedIn({ revoked }: Day): Fault[] {
  return revoked
    .filter(({ device }) => device.state()?.connection.kind !== 'ended')
    .map(({ device: { name } }) => fault('foreign', `[D10] ${name} was signed out and goes on`, name))
}
