/** A record of who sent, got and read what, and when, held against the rules of delivery, as Jepsen does. */
import type { MessageRow } from '@rookery/protocol'
import { fault, type Fault } from './faults.ts'
import { findDisorder } from './order.ts'
import type { Sending, Sent } from './sent.ts'

/** How things stood when a backup began. */
export interface Bookmark {
  readonly step: number
  readonly pointers: ReadonlyMap<string, number>
}

export interface History {
  send(sending: Sending): void
  acknowledge(id: string, seq: number): void
  isAcknowledged(id: string): boolean
  /** One of somebody's, as chance says. */
  pickAcknowledged(sender: number, chance: number): Sent | undefined
  readonly sent: number
  readonly acknowledged: number
  /** What a device shows is on disk: it has its place for ever. */
  see(row: MessageRow): void
  /** How far the server was told that somebody has read. */
  point(reader: number, conversation: number, seq: number): void
  excuse(id: string): void
  note(found: Fault): void
  /** Takes the next step: the order in which things happened here. */
  step(): number
  /** Those of one conversation, in the order of sending. */
  sentIn(conversation: number): readonly Sent[]
  bookmark(): Bookmark
  /** The server has only what was there at the bookmark. @param pending ids that are still to be sent. */
  restore(to: Bookmark, pending: ReadonlySet<string>): void
  readonly restores: number
  /** All devices have compared: what they show and tell is of this history again. */
  trust(): void
  /** Every way in which the log of a conversation breaks a rule. Empty if none. */
  findFaults(conversation: number, log: readonly MessageRow[]): Fault[]
  /** The least that somebody's read pointer must be. */
  pointerOf(reader: number, conversation: number): number
  /** What was noticed on the way. */
  readonly noted: readonly Fault[]
}

/** @param accepts whether a row may be what has become of a message. */
export function recordHistory(accepts: (message: Sent, row: MessageRow) => boolean = saysTheSame): History {
  const sent = new Map<string, Sent>()
  /** `conversation seq` to what stands there, and since when that is known. */
  const places = new Map<
    string,
    { readonly id: string; readonly seq: number; readonly conversation: number; at: number }
  >()
  let pointers = new Map<string, number>()
  const noted: Fault[] = []
  const acknowledgedEver = new Set<string>()
  let step = 0
  let restores = 0
  let trustsDevices = true

  function place(conversation: number, seq: number, id: string): void {
    const key = `${conversation} ${seq}`
    const known = places.get(key)
    if (known && known.id !== id) noted.push(fault('changed', `[D2] ${key} was ${known.id} and is ${id}`))
    else if (!known) places.set(key, { id, seq, conversation, at: (step += 1) })
  }

  function sentIn(conversation: number): Sent[] {
    return [...sent.values()].filter((message) => message.conversation === conversation)
  }

  return {
    send(sending) {
      if (sent.has(sending.id)) return
      sent.set(sending.id, { ...sending, sentAt: (step += 1), acknowledgedAt: 0, seq: 0, excused: false })
    },
    acknowledge(id, seq) {
      const message = sent.get(id)
      if (!message) throw new Error(`${id} was never sent.`)
      acknowledgedEver.add(id)
      if (message.acknowledgedAt === 0) sent.set(id, { ...message, acknowledgedAt: (step += 1), seq })
      else if (message.seq !== seq)
        noted.push(fault('changed', `[D3] ${id} was acknowledged at ${message.seq} and at ${seq}`))
      place(message.conversation, seq, id)
    },
    isAcknowledged: (id) => (sent.get(id)?.acknowledgedAt ?? 0) > 0,
    pickAcknowledged(sender, chance) {
      const own = [...sent.values()].filter((message) => message.sender === sender && message.acknowledgedAt > 0)
      return own[Math.floor(own.length * chance)]
    },
    get sent() {
      return sent.size
    },
    get acknowledged() {
      return acknowledgedEver.size
    },
    see({ conversation, seq, id }) {
      if (trustsDevices) place(conversation, seq, id)
    },
    point(reader, conversation, seq) {
      const key = `${reader} ${conversation}`
      if (trustsDevices && seq > (pointers.get(key) ?? 0)) pointers.set(key, seq)
    },
    excuse(id) {
      const message = sent.get(id)
      if (message) sent.set(id, { ...message, excused: true })
    },
    note: (found) => void noted.push(found),
    step: () => (step += 1),
    sentIn,
    bookmark: () => ({ step, pointers: new Map(pointers) }),
    restore(to, pending) {
      // Devices go on showing what is lost, until they have compared.
      trustsDevices = false
      restores += 1
      pointers = new Map(to.pointers)
      const kept = new Set<string>()
      for (const [key, { id, at }] of places) {
        if (at <= to.step) kept.add(id)
        else places.delete(key)
      }
      for (const [id, message] of sent) {
        const excused = message.excused || !pending.has(id)
        if (!kept.has(id)) sent.set(id, { ...message, acknowledgedAt: 0, seq: 0, excused })
      }
    },
    get restores() {
      return restores
    },
    trust: () => void (trustsDevices = true),
    findFaults(conversation, log) {
      const faults: Fault[] = []
      log.forEach(({ seq }, index) => {
        if (seq !== index + 1) faults.push(fault('gap', `[D2] place ${index + 1} of ${conversation} holds seq ${seq}`))
      })
      const rows = Map.groupBy(log, ({ id }) => id)
      const own = sentIn(conversation)
      for (const message of own) faults.push(...findChanges(message, rows.get(message.id) ?? [], accepts))
      for (const [id, [row]] of rows)
        if (sent.get(id)?.conversation !== conversation && row?.body.kind !== 'event')
          faults.push(fault('foreign', `${id} was never sent here`))
      for (const known of places.values()) {
        const isAcknowledged = (sent.get(known.id)?.acknowledgedAt ?? 0) > 0
        if (known.conversation !== conversation || isAcknowledged) continue
        const seq = rows.get(known.id)?.[0]?.seq
        if (seq === undefined) faults.push(fault('lost', `[D1] ${known.id} was seen at ${known.seq}`))
        else if (seq !== known.seq)
          faults.push(fault('changed', `[D2] ${known.id} was seen at ${known.seq} and stands at ${seq}`))
      }
      return [...faults, ...findDisorder(own, rows)]
    },
    pointerOf: (reader, conversation) => pointers.get(`${reader} ${conversation}`) ?? 0,
    noted,
  }
}

/** What has become of one message. */
function findChanges(
  message: Sent,
  copies: readonly MessageRow[],
  accepts: (message: Sent, row: MessageRow) => boolean,
): Fault[] {
  const { id, acknowledgedAt, seq, line, excused } = message
  const [row] = copies
  if (copies.length > 1) return [fault('doubled', `[D4] ${copies.length} copies of ${id}`)]
  if (!row && acknowledgedAt > 0) return [fault('lost', `[D1] ${id} was acknowledged at ${seq}`)]
  if (!row) return line === undefined || excused ? [] : [fault('lost', `[D4] ${id} was to be sent and never arrived`)]
  if (acknowledgedAt > 0 && row.seq !== seq)
    return [fault('changed', `[D1] ${id} was acknowledged at ${seq} and stands at ${row.seq}`)]
  return accepts(message, row) ? [] : [fault('changed', `[D3] ${id} at ${row.seq} says another thing`)]
}

function saysTheSame({ text, sender }: Sent, row: MessageRow): boolean {
  return row.body.kind === 'text' && row.body.text === text && row.sender === sender
}
