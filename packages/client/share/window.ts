/** A client that shares the one connection of all windows of this browser. */
import type { Answer, Input, OperationName } from '@rookery/protocol'
import type { Client } from '../client.ts'
import { createEmitter } from '../emitter.ts'
import { findMessage } from '../loaded.ts'
import type { ClientState } from '../state.ts'
import { makeMessageId } from '../uuid.ts'
import { toSendable } from '../previews.ts'
import type { Bond } from './bond.ts'
import type { HostedClient } from './hosted-client.ts'
import { openLine } from './line.ts'
import { createMirror } from './mirror.ts'
import { createOutgoing } from './outgoing.ts'
import { createPointers } from './pointers.ts'
import { mayTake, shareProtocol, toWritten } from './protocol.ts'
import type { Ask, HostIdentity, ShareMessage, Tell, Wish, Written } from './protocol.ts'
import { createRequests } from './requests.ts'
import { browserSurroundings, type PageEvent, type Surroundings } from './surroundings.ts'
import { createTie } from './tie.ts'
import { createWishes } from './wishes.ts'

export interface ShareOptions {
  readonly number: number
  /** A later deploy has a greater one. */
  readonly build: number
  /** Starts the SharedWorker that hosts; null where the browser has none: then windows host among themselves. */
  readonly startWorker: (() => void) | null
  /** Makes the one real client, when this window is to host it. */
  readonly openClient: () => HostedClient
  /** When to tell listeners of changes. Default: in the next microtask. */
  readonly schedule?: (emit: () => void) => void
  /** Called once, when the host is of a newer build: this page is to be loaded again. */
  readonly onNewerBuild: () => void
}

export function openSharedClient(
  options: ShareOptions,
  surroundings: Surroundings | null = browserSurroundings(),
): Client {
  // Where windows cannot find each other each has a connection of its own.
  return surroundings ? openWindow(options, surroundings) : options.openClient()
}

function openWindow(options: ShareOptions, surroundings: Surroundings): Client {
  const { page, now } = surroundings
  const me = makeMessageId()
  const { subscribe, emit } = createEmitter(options.schedule ?? queueMicrotask)
  const mirror = createMirror()
  const outgoing = createOutgoing()
  const requests = createRequests(surroundings, (to, id, what) => post({ kind: 'ask', to, from: me, id, ask: what }))
  const pointers = createPointers()
  const wishes = createWishes()
  const line = openLine(surroundings, options.number)
  const post = line.join(hear)
  const tie = createTie({ ...options, ping, isNeeded, onLost: lose }, surroundings, line)
  const unwatch = page?.watch(turn)
  let bond: Bond = { kind: 'seeking' }
  let looked: readonly number[] = []
  let drawn = mirror.state()

  enter()

  function enter(): void {
    bond = { kind: 'seeking' }
    post({ kind: 'enter', from: me })
    tie.start()
  }

  function isVisible(): boolean {
    return page?.isVisible() ?? true
  }

  function isNeeded(): boolean {
    return isVisible() || requests.isOpen() || outgoing.isOpen()
  }

  function ping(): void {
    if (bond.kind === 'away' || bond.kind === 'over') return
    const have = bond.kind === 'joined' ? mirror.have() : null
    post({ kind: 'ping', from: me, protocol: shareProtocol, visible: isVisible(), look: looked, have })
  }

  function askWhole(): void {
    bond = { kind: 'seeking' }
    ping()
  }

  function lose(): void {
    if (bond.kind === 'away' || bond.kind === 'over') return
    bond = { kind: 'seeking' }
    requests.turnTo(null)
  }

  function hear(message: ShareMessage): void {
    if (bond.kind === 'away' || bond.kind === 'over') return
    switch (message.kind) {
      case 'host':
        if (meet(message)) askWhole()
        return
      case 'pong':
        if (message.to !== me || !meet(message)) return
        if (bond.kind !== 'joined' || mirror.have()?.number !== message.number) askWhole()
        return
      case 'state':
        if (message.to === me && meet(message)) join(message.host, message.number, message.state)
        return
      case 'patch':
        if (bond.kind !== 'joined') return
        tie.heard()
        if (!mirror.patch(message, message.patch)) return askWhole()
        return draw(mirror.state())
      case 'answer':
        if (message.to !== me) return
        tie.heard()
        return requests.answer(message.id, message.answer)
      case 'has':
        if (bond.kind !== 'joined' || bond.host !== message.host) return
        outgoing.confirm(message.ids, now())
        return draw(mirror.state())
      case 'gone':
        if (bond.kind === 'seeking' || bond.host === message.host) tie.bidFarewell(message.why)
        return
      case 'enter':
      case 'ping':
      case 'send':
      case 'ask':
      case 'tell':
      case 'leave':
      case 'candidate':
    }
  }

  /** False where its language is another one. */
  function meet(identity: HostIdentity): boolean {
    tie.meet(identity)
    if (identity.protocol === shareProtocol) return true
    if (bond.kind === 'foreign' && bond.host === identity.host) return false
    bond = { kind: 'foreign', host: identity.host, protocol: identity.protocol }
    requests.turnTo(null)
    giveOutgoing(mirror.state())
    return false
  }

  function join(host: string, number: number, state: ClientState): void {
    mirror.take({ host, number }, state)
    bond = { kind: 'joined', host }
    requests.turnTo(host)
    giveOutgoing(state)
    for (const [conversation, seq] of pointers.lacking(state)) tell({ kind: 'read', conversation, seq })
    for (const lacking of wishes.lacking(state)) tell(lacking)
    draw(mirror.state())
  }

  function giveOutgoing(state: ClientState): void {
    for (const message of outgoing.lacking(state, now())) give(message)
  }

  /** What an older host would misunderstand waits for the next one. */
  function give(message: Written): void {
    if (bond.kind !== 'joined' && bond.kind !== 'foreign') return
    const protocol = bond.kind === 'joined' ? shareProtocol : bond.protocol
    if (mayTake(protocol, message)) post({ kind: 'send', to: bond.host, from: me, message })
  }

  function ask(what: Ask): Promise<unknown> {
    const answer = requests.ask(what)
    beat()
    return answer
  }

  /** Somebody waits for the host, seen or not. */
  function beat(): void {
    if (bond.kind !== 'away' && bond.kind !== 'over') tie.beat()
  }

  function tell(what: Tell): void {
    if (bond.kind === 'joined') post({ kind: 'tell', to: bond.host, from: me, tell: what })
  }

  /** Shows this with what was written here. */
  function draw(state: ClientState): void {
    const next = outgoing.draw(state)
    if (next.connection.kind === 'ended') finish()
    if (next === drawn) return
    drawn = next
    emit()
  }

  function turn(event: PageEvent): void {
    switch (event) {
      case 'visible':
      case 'resumed':
      case 'back':
        if (bond.kind === 'away') return enter()
        ping()
        return beat()
      case 'hidden':
        return ping()
      case 'frozen':
        return goAway()
      case 'left':
        post({ kind: 'leave', from: me })
        return goAway()
    }
  }

  /** What cannot answer must not host: the others are not to find that out by waiting. */
  function goAway(): void {
    lose()
    bond = { kind: 'away' }
    tie.stop()
  }

  function finish(): void {
    if (bond.kind === 'over') return
    bond = { kind: 'over' }
    unwatch?.()
    post({ kind: 'leave', from: me })
    tie.stop()
    requests.end()
    line.close()
  }

  async function call<Name extends OperationName>(name: Name, input: Input<Name>) {
    return (await ask({ kind: 'call', name, input })) as Answer<Name>
  }

  /** What is drawn and not known: told once, and again to the next host. */
  function wish(what: Wish): void {
    if (wishes.add(what)) tell(what)
  }

  return {
    state: () => drawn,
    subscribe,
    call,
    send(conversation, body) {
      const message = toWritten(makeMessageId(), conversation, toSendable(body))
      outgoing.add(message, now())
      draw(mirror.state())
      give(message)
      beat()
      return message.id
    },
    retry: (conversation, id) => void ask({ kind: 'retry', conversation, id }),
    discard: (conversation, id) => void ask({ kind: 'discard', conversation, id }),
    edit: (conversation, seq, text) => call('messages.edit', { conversation, seq, text }),
    recall: (conversation, seq) => call('messages.recall', { conversation, seq }),
    react: (conversation, seq, emoji, on) => call('messages.react', { conversation, seq, emoji, on }),
    loadOlder: async (conversation) => (await ask({ kind: 'loadOlder', conversation })) === true,
    loadNewer: async (conversation) => (await ask({ kind: 'loadNewer', conversation })) === true,
    loadAround: async (conversation, seq) => (await ask({ kind: 'loadAround', conversation, seq })) === true,
    leaveAround: (conversation) => void ask({ kind: 'leaveAround', conversation }),
    quoted(conversation, seq) {
      const found = findMessage(drawn, conversation, seq)
      if (found === undefined) wish({ kind: 'quoted', conversation, seq })
      return found
    },
    look(conversations) {
      if (conversations.length === looked.length && conversations.every((id, index) => id === looked[index])) return
      looked = [...conversations]
      ping()
    },
    typing: (conversation) => tell({ kind: 'typing', conversation }),
    rest: (resting) => tell({ kind: 'rest', resting }),
    read(conversation, seq) {
      const isMarked = mirror.state().conversations.get(conversation)?.marked === true
      if (pointers.move(conversation, seq, mirror.state()) || isMarked) tell({ kind: 'read', conversation, seq })
    },
    arrange: (conversation, change) => void ask({ kind: 'arrange', conversation, change }),
    know(numbers, conversation) {
      for (const number of numbers) wish({ kind: 'know', number, conversation: conversation ?? null })
    },
    members: async (conversation) => (await ask({ kind: 'members', conversation })) === true,
    leaveMembers: (conversation) => void ask({ kind: 'leaveMembers', conversation }),
    wake() {
      tell({ kind: 'wake' })
      beat()
    },
    close() {
      if (bond.kind === 'over') return
      finish()
      draw({ ...mirror.state(), connection: { kind: 'ended', reason: 'closed' } })
    },
  }
}
