/** What a device holds in memory and has written down, against what is for its owner. */
import { isDeepStrictEqual } from 'node:util'
import type { ClientState } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import type { Device } from '../../../packages/cli/verify/device.ts'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'
import type { Day } from './day.ts'
import type { Truth } from './truth.ts'
import { sayOf, type View } from './view.ts'

export async function findHoldingFaults(day: Day, device: Device, truth: Truth, view: View): Promise<Fault[]> {
  return [...(await findDeviceFaults(device, view)), ...(await findLeftovers(day, device, truth, view))]
}

/** Loads everything to the beginning. */
async function findDeviceFaults(device: Device, view: View): Promise<Fault[]> {
  const { name } = device
  const faults: Fault[] = []
  for (const [id, log] of view) {
    const around = device.state()?.conversations.get(id)?.around?.messages ?? []
    if (
      around.some(
        (row) =>
          !isDeepStrictEqual(
            row,
            log.find(({ seq }) => seq === row.seq),
          ),
      )
    )
      faults.push(fault('changed', `[D2] ${name} shows another ${id} where it jumped to`, name))
    device.client()?.leaveAround(id)
    await loadAll(device, id, log.length)
    const held = device.state()?.conversations.get(id)?.messages ?? []
    if (!isDeepStrictEqual(held, log))
      faults.push(fault('changed', `[D2] ${name} holds another ${id}: ${differ(held, log)}`, name))
  }
  for (const [key, row] of device.state()?.quoted ?? []) {
    const [id, seq] = key.split(' ').map(Number)
    const right = view.get(id ?? 0)?.find((other) => other.seq === seq) ?? null
    if (!isDeepStrictEqual(row, right))
      faults.push(fault('changed', `[D2] ${name} quotes another ${id}/${seq}: ${JSON.stringify(row)}`, name))
  }
  return faults
}

/** `loadOlder` is false also when there is another one under way. */
async function loadAll(device: Device, conversation: number, count: number): Promise<void> {
  const held = () => device.state()?.conversations.get(conversation)?.messages.length ?? 0
  for (let tries = 0; tries < 20 && held() < count; tries += 1) {
    for (let goesOn = true; goesOn;) goesOn = (await device.client()?.loadOlder(conversation)) ?? false
    if (held() < count) await Bun.sleep(50)
  }
}

function differ(held: readonly MessageRow[], log: readonly MessageRow[]): string {
  const other = log.find(
    (row) =>
      !isDeepStrictEqual(
        row,
        held.find(({ seq }) => seq === row.seq),
      ),
  )
  const own = held.find(({ seq }) => seq === other?.seq)
  return `${held.length} of ${log.length}; ${JSON.stringify(own)}, not ${JSON.stringify(other)}`
}

/** Nothing of what is gone, in memory or written down. The device writes some moments later. */
async function findLeftovers(day: Day, device: Device, truth: Truth, view: View): Promise<Fault[]> {
  const deadline = performance.now() + 3_000
  for (;;) {
    const faults = await findLeftoversNow(day, device, truth, view)
    if (faults.length === 0 || performance.now() > deadline) return faults
    await Bun.sleep(50)
  }
}

async function findLeftoversNow(
  day: Day,
  { name, written, state }: Device,
  truth: Truth,
  view: View,
): Promise<Fault[]> {
  const faults: Fault[] = []
  const saved = await written.load()
  const ids = new Set(saved.conversations.map(({ id }) => id))
  for (const id of truth.conversations)
    if (ids.has(id) !== view.has(id))
      faults.push(fault('foreign', `[D8] ${name} ${ids.has(id) ? 'has' : 'has not'} written ${id} down`, name))
  for (const { id, newest } of saved.conversations)
    if (!isDeepStrictEqual(newest, view.get(id)?.at(-1) ?? null))
      faults.push(fault('changed', `[D9] ${name} has written down another newest of ${id}`, name))
  for (const id of truth.conversations)
    for (const { seq } of truth.logs.get(id) ?? []) {
      const [row] = await written.page(id, seq + 1, 1)
      if (row && !view.get(id)?.some((other) => isDeepStrictEqual(other, row)))
        faults.push(
          fault(
            'foreign',
            `[D8] [D9] ${name} has written ${id}/${seq} down as ${JSON.stringify(row)}, not ${say(view, row)}`,
            name,
          ),
        )
    }
  const kept = [JSON.stringify(saved), sayState(state())].join('\n')
  for (const word of findGoneWords(day, truth, view))
    if (kept.includes(word)) faults.push(fault('foreign', `[D8] [D9] ${name} still has ${excerpt(kept, word)}`, name))
  return faults
}

function excerpt(text: string, word: string): string {
  const at = text.indexOf(word)
  return text.slice(Math.max(0, at - 200), at + 100)
}

/** What stands at the place of a row; nothing where it is not for its owner. */
function say(view: View, { conversation, seq }: MessageRow): string {
  return JSON.stringify(view.get(conversation)?.find((row) => row.seq === seq) ?? null)
}

function sayState(state: ClientState | null): string {
  return JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? [...value] : value))
}

/** The first words of what somebody once said and that is nowhere in somebody's view: taken back, edited away, or not theirs. */
function findGoneWords({ history, amendments }: Day, truth: Truth, view: View): string[] {
  const ids = new Set([...truth.logs.values()].flatMap((log) => log.map(({ id }) => id)))
  const said = truth.conversations.flatMap((id) => [
    ...history.sentIn(id).flatMap((sent) => (ids.has(sent.id) && sent.text !== '' ? sent.text : [])),
    ...amendments.in(id).flatMap(({ change }) => (change.kind === 'edit' ? change.text : [])),
  ])
  const there = [...view.values()].flatMap((log) => log.map(sayOf)).join('\n')
  return said.map((text) => text.slice(0, text.indexOf(' ') + 1)).filter((word) => !there.includes(word))
}
