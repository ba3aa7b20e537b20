/** What people do in chats: say, change and take back things, and look at what there is. */
import type { Conversation } from '@rookery/client'
import type { Answer, MessageRow } from '@rookery/protocol'
import type { Change } from '../../../packages/cli/verify/amendments.ts'
import type { Device, Marks } from '../../../packages/cli/verify/device.ts'
import { until } from '../../harness.ts'
import type { DoingOf as Of } from './actions.ts'
import type { Day } from './day.ts'

/** Everything that is said has this word in it. */
export const commonWord = 'rookword'
const emoji = ['👍', '❤️', '🌅']

/** Something to begin with in each room. */
export async function greet(day: Day): Promise<void> {
  await until(() => day.devices.every(({ state }) => state()?.synced))
  for (const device of day.devices)
    for (const room of [0, 1, 2, 3])
      chat(day, device, { kind: 'say', device: 0, room, which: 0, how: 'plain', count: 1 })
}

function roomOf({ pairs, groups }: Day, { owner, state }: Device, room: number): Conversation | undefined {
  const own = pairs.filter(({ members }) => members.some(({ number }) => number === owner))
  const place = [...own, ...groups][room % (own.length + groups.length)]
  return place && state()?.conversations.get(place.conversation)
}

function messageOf(room: Conversation | undefined, which: number, own: number | null = null): MessageRow | undefined {
  const rows =
    room?.messages.filter(({ body, sender }) => body.kind !== 'event' && (own === null || sender === own)) ?? []
  return rows[Math.round(((100 - which) / 100) * (rows.length - 1))]
}

/** Each different, and found by its first word alone. */
function makeText({ history }: Day): string {
  return `m${history.step()}x ${commonWord} 早 🌅`
}

/** False where there was nothing to do it with. */
export function chat(day: Day, device: Device, doing: Of<'say' | 'forward' | 'arrange' | 'read'>): boolean {
  const room = roomOf(day, device, doing.room)
  const client = device.client()
  if (!room || !client) return false
  switch (doing.kind) {
    case 'say':
      for (let count = 0; count < doing.count; count += 1)
        if (device.send(room.id, makeText(day), marksOf(day, room, doing)) === null) return false
      return true
    case 'forward':
      return forward(day, device, doing)
    case 'arrange':
      client.arrange(room.id, {
        [doing.what]: doing.what === 'draft' ? (doing.on ? `draft ${day.history.step()}` : '') : doing.on,
      })
      return true
    case 'read':
      client.read(room.id, Math.round((room.last_seq * doing.percent) / 100))
      return true
  }
}

function marksOf({ people }: Day, room: Conversation, { how, which }: Of<'say'>): Marks {
  switch (how) {
    case 'plain':
      return {}
    case 'reply': {
      const seq = messageOf(room, which)?.seq
      return seq === undefined ? {} : { reply_to: seq }
    }
    case 'mention':
      return { mentions: people.filter((_, index) => (which + index) % 3 > 0).map(({ number }) => number) }
    case 'all':
      return { mentions_all: true }
  }
}

function forward(day: Day, device: Device, { room, which, to, merged }: Of<'forward'>): boolean {
  const message = messageOf(roomOf(day, device, room), which)
  const target = roomOf(day, device, to)
  if (!message || !target?.writable) return false
  const { conversation: from, seq } = message
  const askedAt = day.history.step()
  const id = device.client()?.send(target.id, { kind: 'forward', from, seqs: [seq], merged })
  if (id === undefined) return false
  const line = `${device.name} in ${target.id}`
  day.forwards.add({ id, by: device.owner, from, seq, merged, askedAt })
  day.history.send({ id, conversation: target.id, sender: device.owner, text: '', line })
  return true
}

export async function look(day: Day, device: Device, { room, which }: Of<'look'>): Promise<string | null> {
  const client = device.client()
  const id = roomOf(day, device, room)?.id
  if (id === undefined || !client) return 'at nothing'
  client.look([id])
  const { last_seq = 0 } = roomOf(day, device, room) ?? {}
  const seq = Math.max(1, Math.round(((100 - which) / 100) * last_seq))
  client.quoted(id, seq)
  await client.loadAround(id, seq)
  if (which === 0) client.leaveAround(id)
  await client.loadOlder(id)
  if (which > 30) await client.loadNewer(id)
  await client.members(id)
  return null
}

/** `made`, or the code of the refusal. */
export function outcomeOf(answer: { readonly ok: boolean; readonly code?: string }): string {
  return answer.ok ? 'made' : (answer.code ?? '')
}

export async function amend(day: Day, device: Device, doing: Of<'edit' | 'recall' | 'react'>): Promise<string> {
  const own = doing.kind !== 'react' && doing.whose === 'own' ? device.owner : null
  const message = messageOf(roomOf(day, device, doing.room), doing.which, own)
  const client = device.client()
  if (!message || !client) return 'nothing'
  const { conversation, seq } = message
  const change = changeOf(day, doing)
  let outcome = ''
  await day.amendments.make({ conversation, seq, by: device.owner, change }, async () => {
    const answer = await askFor(change)
    outcome = outcomeOf(answer)
    return answer
  })
  return outcome

  function askFor(wanted: Change): Promise<Answer<'messages.edit'>> {
    if (!client) return Promise.resolve({ ok: false, code: 'unreachable' })
    switch (wanted.kind) {
      case 'edit':
        return client.edit(conversation, seq, wanted.text)
      case 'recall':
        return client.recall(conversation, seq)
      case 'react':
        return client.react(conversation, seq, wanted.emoji, wanted.on)
    }
  }
}

function changeOf(day: Day, doing: Of<'edit' | 'recall' | 'react'>): Change {
  switch (doing.kind) {
    case 'edit':
      return { kind: 'edit', text: makeText(day) }
    case 'recall':
      return { kind: 'recall' }
    case 'react':
      return { kind: 'react', emoji: emoji[doing.emoji] ?? '👍', on: doing.on }
  }
}
