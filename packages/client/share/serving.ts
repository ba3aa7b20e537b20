/** One term as host: the one real client, and the windows that it is told to. */
import { makeMessageId } from '../uuid.ts'
import { createAudience } from './audience.ts'
import type { HostedClient } from './hosted-client.ts'
import { diffStates } from './patch.ts'
import { perform } from './perform.ts'
import {
  bodyOf,
  forgetAfter,
  pingEvery,
  shareProtocol,
  type Ask,
  type Farewell,
  type HostIdentity,
  type ShareMessage,
  type Tell,
  type WindowMessage,
} from './protocol.ts'
import type { Cancel, Surroundings } from './surroundings.ts'

/** After a pause of so long somebody may have stolen the lock: shorter than it takes to miss two pings. */
const suspicious = 5_500

export interface ServingOptions {
  readonly build: number
  readonly openClient: () => HostedClient
  readonly surroundings: Surroundings
  readonly post: (message: ShareMessage) => void
  /** Whether this is still the host. */
  readonly holdsStill: () => Promise<boolean>
  /** It is over, and the client is closed. */
  readonly onOver: (why: Farewell) => void
}

export interface Serving {
  hear(message: ShareMessage): void
  /** Closes the client, which writes down what it holds, and says so. */
  stop(why: Farewell): void
}

export function serve({ build, openClient, surroundings, post, holdsStill, onOver }: ServingOptions): Serving {
  const { now } = surroundings
  const identity: HostIdentity = { host: makeMessageId(), build, protocol: shareProtocol }
  const client = openClient()
  const audience = createAudience((conversations) => client.look(conversations))
  let told = client.state()
  let number = 0
  /** What is said after the next patch, and relies on it. */
  let afterPatch: ShareMessage[] = []
  /** What was written to conversations that the client does not know yet: it may still be reading what it kept. */
  let unplaced: { readonly conversation: number; readonly run: () => void }[] = []
  let heldBack: WindowMessage[] = []
  let phase: 'serving' | 'verifying' | 'over' = 'serving'
  let trustedAt = now()
  let isScheduled = false
  let sweep: Cancel = surroundings.after(forgetAfter, countWindows)

  const unsubscribe = client.subscribe(schedule)
  post({ kind: 'host', ...identity })

  function schedule(): void {
    if (isScheduled || phase === 'over') return
    isScheduled = true
    surroundings.soon(() => {
      isScheduled = false
      if (isTrusted()) flush()
    })
  }

  function flush(): void {
    place()
    const state = client.state()
    const patch = diffStates(told, state)
    told = state
    if (patch) post({ kind: 'patch', host: identity.host, number: ++number, patch })
    for (const message of afterPatch) post(message)
    afterPatch = []
    if (state.connection.kind === 'ended') stop('ended')
  }

  /** Nothing is said or done after a pause before it is certain that nobody else hosts by now. */
  function isTrusted(): boolean {
    if (phase !== 'serving') return false
    if (now() - trustedAt > suspicious) {
      void verify()
      return false
    }
    trustedAt = now()
    return true
  }

  async function verify(): Promise<void> {
    phase = 'verifying'
    const holds = await holdsStill()
    if (phase !== 'verifying') return
    if (!holds) return stop('deposed')
    phase = 'serving'
    trustedAt = now()
    const waiting = heldBack
    heldBack = []
    for (const message of waiting) serveWindow(message)
    if (isTrusted()) flush()
  }

  function hear(message: ShareMessage): void {
    switch (message.kind) {
      case 'candidate':
        if (message.build > build) stop('superseded')
        return
      case 'host':
        if (phase === 'serving') void verify()
        return
      case 'gone':
        // The session that the last host had is the one that this one would go on with.
        if (message.why === 'ended') stop('ended')
        return
      case 'enter':
      case 'ping':
      case 'send':
      case 'ask':
      case 'tell':
      case 'leave':
        if (isTrusted()) serveWindow(message)
        else if (phase === 'verifying') heldBack.push(message)
        return
      case 'pong':
      case 'state':
      case 'patch':
      case 'answer':
      case 'has':
    }
  }

  function serveWindow(message: WindowMessage): void {
    if (phase !== 'serving') return
    switch (message.kind) {
      case 'enter':
        return
      case 'ping':
        return greet(message)
      case 'leave':
        audience.leave(message.from)
        return countWindows()
      case 'send': {
        if (message.to !== identity.host) return
        const { id, conversation } = message.message
        return whenKnown(conversation, () => {
          client.sendAs(conversation, id, bodyOf(message.message))
          afterPatch.push({ kind: 'has', host: identity.host, ids: [id] })
        })
      }
      case 'ask':
        return message.to === identity.host ? void answer(message.from, message.id, message.ask) : undefined
      case 'tell':
        return message.to === identity.host ? obey(message.tell) : undefined
    }
  }

  function greet({ from, protocol, visible, look: conversations, have }: WindowMessage & { kind: 'ping' }): void {
    audience.put(from, { visible, look: conversations }, now())
    if (protocol !== shareProtocol || (have?.host === identity.host && have.number <= number))
      return post({ kind: 'pong', to: from, number, ...identity })
    flush()
    if (phase === 'serving') post({ kind: 'state', to: from, number, state: told, ...identity })
  }

  async function answer(to: string, id: string, ask: Ask): Promise<void> {
    const value = await perform(client, ask)
    afterPatch.push({ kind: 'answer', to, id, answer: value })
    schedule()
  }

  function obey(tell: Tell): void {
    switch (tell.kind) {
      case 'typing':
        return client.typing(tell.conversation)
      case 'rest':
        return client.rest(tell.resting)
      case 'quoted':
        return void client.quoted(tell.conversation, tell.seq)
      case 'know':
        return client.know([tell.number], tell.conversation ?? undefined)
      case 'read':
        return whenKnown(tell.conversation, () => client.read(tell.conversation, tell.seq))
      case 'wake':
        return client.wake()
    }
  }

  function whenKnown(conversation: number, run: () => void): void {
    unplaced.push({ conversation, run })
    place()
    schedule()
  }

  function place(): void {
    if (unplaced.length === 0) return
    const { conversations } = client.state()
    const known = unplaced.filter(({ conversation }) => conversations.has(conversation))
    unplaced = unplaced.filter(({ conversation }) => !conversations.has(conversation))
    for (const { run } of known) run()
  }

  function countWindows(): void {
    sweep()
    sweep = surroundings.after(pingEvery, countWindows)
    // After a pause those who pinged meanwhile were not heard yet.
    if (!isTrusted()) return
    audience.forget(now())
    if (audience.isEmpty()) stop('empty')
  }

  function stop(why: Farewell): void {
    if (phase === 'over') return
    phase = 'over'
    sweep()
    unsubscribe()
    client.close()
    post({ kind: 'gone', host: identity.host, why })
    onOver(why)
  }

  return { hear, stop }
}
