/** Everything that can happen to devices, by chance, for a while. */
import { callOnce } from '@rookery/client'
import type { Change } from './amendments.ts'
import type { Device } from './device.ts'
import type { Chat, Person } from './people.ts'
import type { Random } from './random.ts'
import { sendAgain, sendAtOnce } from './resend.ts'
import type { World } from './settle.ts'
import { makeText } from './texts.ts'

export interface StormParts {
  readonly world: World
  readonly people: readonly Person[]
  readonly random: Random
  readonly seconds: number
  /** Sends per second, over all devices. */
  readonly rate: number
  readonly signal: AbortSignal
  /** Makes one more device of somebody, with a session that was just opened. */
  addDevice(person: Person, token: string): Promise<void>
  /** New devices that may log in. */
  readonly newcomers: number
}

/** Milliseconds. */
const tick = 10

/** Runs until the time is over or the signal comes; what was begun is done when it resolves. */
export async function storm(parts: StormParts): Promise<void> {
  const { world, random, seconds, rate, signal } = parts
  const began = performance.now()
  const agenda: { readonly at: number; readonly work: () => void }[] = []
  const troubled = new Set<Device>()
  const begun = new Set<Promise<unknown>>()
  let newcomers = 0
  let sends = 0
  let edits = 0
  let nextTrouble = began

  const start = (work: Promise<unknown>) => {
    begun.add(work)
    void work.finally(() => begun.delete(work))
  }
  const later = (milliseconds: number, work: () => void) => agenda.push({ at: performance.now() + milliseconds, work })

  /** Troubles a device, and after a while lets it be. */
  function trouble(device: Device, milliseconds: number, begin: () => void, end: () => void): void {
    if (troubled.has(device)) return
    troubled.add(device)
    begin()
    later(milliseconds, () => {
      end()
      device.client()?.wake()
      troubled.delete(device)
    })
  }

  function act(): void {
    const device = random.pick(world.devices)
    if (!device || troubled.size * 2 > world.devices.length) return
    const { cable } = device
    switch (random.weigh({ cut: 4, tear: 3, freeze: 3, delay: 3, crash: 3, close: 1, newcomer: 1 })) {
      case 'cut':
        return trouble(device, random.between(100, 4_000), cable.cut, cable.mend)
      case 'tear':
        return cable.tear()
      case 'freeze':
        return trouble(device, random.between(100, 6_000), cable.freeze, cable.mend)
      case 'delay': {
        const lag = random.between(5, 300)
        return trouble(device, random.between(500, 4_000), () => cable.delay(lag), cable.mend)
      }
      case 'crash':
        return trouble(device, random.between(0, 3_000), () => start(device.crash()), device.open)
      case 'close':
        return trouble(device, random.between(0, 3_000), () => start(device.close()), device.open)
      case 'newcomer':
        return start(welcome())
    }
  }

  async function welcome(): Promise<void> {
    const person = random.pick(parts.people)
    if (!person || newcomers >= parts.newcomers) return
    newcomers += 1
    const url = random.pick(world.urls) ?? world.urls[0]
    const { number, password } = person
    const entered = await callOnce(url, 'sessions.logIn', { login: String(number), password, device: 'rookery verify' })
    if (entered.ok) await parts.addDevice(person, entered.value.token)
    else newcomers -= 1
  }

  function send(): void {
    sends += 1
    const device = random.pick(world.devices)
    const chat = device && random.pick(chatsOf(world, device.owner))
    if (!device || !chat) return
    const { conversation } = chat
    const text = makeText(random, `${device.name}/${sends}`)
    const client = device.client()
    switch (random.weigh({ write: 90, twice: 4, again: 6 })) {
      case 'write':
        return void device.send(conversation, text)
      case 'twice': {
        const own = world.devices.filter(({ owner }) => owner === device.owner)
        const doors = [device, ...own].slice(0, 3).map(({ token }) => ({ url: random.pick(world.urls) ?? '', token }))
        const sending = { id: crypto.randomUUID(), conversation, sender: device.owner, text }
        return start(sendAtOnce(doors, world.history, sending))
      }
      case 'again': {
        const sent = world.history.pickAcknowledged(device.owner, random.next())
        if (client && sent) start(sendAgain(client, world.history, sent))
      }
    }
  }

  /** An edit or a recall of what they have said, or a reaction to whatever there is. */
  function amend(): void {
    const device = random.pick(world.devices)
    const client = device?.client()
    const chat = device && random.pick(chatsOf(world, device.owner))
    const held = (chat && device.state()?.conversations.get(chat.conversation)?.messages) ?? []
    const kind = random.weigh({ edit: 5, recall: 1, react: 5 })
    const row = random.pick(held.filter(({ sender }) => kind === 'react' || sender === device?.owner))
    if (!device || !client || !row || row.body.kind === 'event') return
    const { conversation, seq } = row
    const change = makeChange(kind)
    const ask = () => {
      if (change.kind === 'edit') return client.edit(conversation, seq, change.text)
      if (change.kind === 'react') return client.react(conversation, seq, change.emoji, change.on)
      return client.recall(conversation, seq)
    }
    const made = world.amendments?.make({ conversation, seq, by: device.owner, change }, ask)
    if (made) start(made)
  }

  function makeChange(kind: Change['kind']): Change {
    if (kind === 'edit') return { kind, text: makeText(random, `edited ${(edits += 1)}`) }
    return kind === 'recall' ? { kind } : { kind, emoji: random.pick(['👍', '🌅']) ?? '👍', on: random.next() < 0.7 }
  }

  function read(): void {
    const device = random.pick(world.devices)
    const chat = device && random.pick(chatsOf(world, device.owner))
    const held = chat && device.state()?.conversations.get(chat.conversation)
    if (held) device.client()?.read(held.id, Math.round(held.last_seq * (1 - random.next() ** 3)))
  }

  // One is away for most of the time.
  const away = world.devices.at(-1)
  if (away) later(seconds * 150, () => trouble(away, seconds * 700, away.cable.cut, away.cable.mend))

  while (!signal.aborted && performance.now() - began < seconds * 1_000) {
    const now = performance.now()
    for (const due of agenda.filter(({ at }) => at <= now)) {
      agenda.splice(agenda.indexOf(due), 1)
      due.work()
    }
    while (sends < ((now - began) / 1_000) * rate) {
      send()
      if (random.next() < 0.3) read()
      if (random.next() < 0.2) amend()
    }
    for (; nextTrouble < now; nextTrouble += random.between(0, 8_000 / world.devices.length)) act()
    await Bun.sleep(tick)
  }
  for (const { cable } of world.devices) cable.mend()
  await Promise.allSettled(begun)
}

function chatsOf({ chats }: World, number: number): Chat[] {
  return chats.filter(({ members }) => members.some((person) => person.number === number))
}
