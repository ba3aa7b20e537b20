/** A record of who sent what when, held against the rules of delivery, as Jepsen does. */
import { callOnce } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'

interface Sent {
  readonly id: string
  readonly text: string
  /** Steps of one counter: the order in which things happened here. */
  readonly sentAt: number
  acknowledgedAt: number
  seq: number
}

export interface History {
  send(id: string, text: string): void
  acknowledge(id: string, seq: number): void
  isAcknowledged(id: string): boolean
  readonly acknowledged: number
  /** Every way in which a log breaks D1 to D5. Empty if none. */
  findFaults(log: readonly MessageRow[]): string[]
}

export function recordHistory(): History {
  const sent = new Map<string, Sent>()
  let step = 0
  let acknowledged = 0

  function findFaults(log: readonly MessageRow[]): string[] {
    const faults: string[] = []
    log.forEach(({ seq }, index) => {
      if (seq !== index + 1) faults.push(`[D2] place ${index + 1} holds seq ${seq}`)
    })
    const rows = Map.groupBy(log, ({ id }) => id)
    for (const message of sent.values()) {
      const copies = rows.get(message.id) ?? []
      if (copies.length > 1) faults.push(`[D4] ${copies.length} copies of ${message.id}`)
      if (message.acknowledgedAt > 0 && copies[0]?.seq !== message.seq) {
        faults.push(`[D1] ${message.id} was acknowledged at ${message.seq} and stands at ${copies[0]?.seq}`)
      }
      if (copies[0] && copies[0].body.text !== message.text) faults.push(`[D3] ${message.id} says another thing`)
    }
    for (const id of rows.keys()) if (!sent.has(id)) faults.push(`${id} was never sent`)
    return [...faults, ...findDisorder(rows)]
  }

  /** B sent after A was acknowledged has the higher seq. */
  function findDisorder(rows: ReadonlyMap<string, MessageRow[]>): string[] {
    const byAck = [...sent.values()].filter(({ acknowledgedAt }) => acknowledgedAt > 0)
    byAck.sort((a, b) => a.acknowledgedAt - b.acknowledgedAt)
    const faults: string[] = []
    let next = 0
    let highest = 0
    for (const message of sent.values()) {
      for (let acked = byAck[next]; acked && acked.acknowledgedAt < message.sentAt; acked = byAck[next]) {
        highest = Math.max(highest, acked.seq)
        next += 1
      }
      const seq = rows.get(message.id)?.[0]?.seq
      if (seq !== undefined && seq <= highest)
        faults.push(`[D5] ${message.id} at ${seq} comes before an earlier ${highest}`)
    }
    return faults
  }

  return {
    send(id, text) {
      if (!sent.has(id)) sent.set(id, { id, text, sentAt: (step += 1), acknowledgedAt: 0, seq: 0 })
    },
    acknowledge(id, seq) {
      const message = sent.get(id)
      if (!message) throw new Error(`${id} was never sent.`)
      if (message.acknowledgedAt > 0) {
        if (message.seq !== seq) throw new Error(`[D3] ${id} was acknowledged at ${message.seq} and at ${seq}`)
        return
      }
      acknowledged += 1
      message.acknowledgedAt = step += 1
      message.seq = seq
    },
    isAcknowledged: (id) => (sent.get(id)?.acknowledgedAt ?? 0) > 0,
    get acknowledged() {
      return acknowledged
    },
    findFaults,
  }
}

/** The whole log of a conversation, page by page, oldest first. */
export async function readLog(url: string, token: string, conversation: number): Promise<MessageRow[]> {
  const log: MessageRow[] = []
  for (;;) {
    const after = log.at(-1)?.seq ?? 0
    const page = await callOnce(url, 'messages.page', { conversation, after, limit: 100 }, { token })
    if (!page.ok) throw new Error(`Reading the log: ${page.code}`)
    log.push(...page.value.messages)
    if (page.value.messages.length < 100) return log
  }
}
