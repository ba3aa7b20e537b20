/** The bus of many nodes: NATS carries each event to the nodes that have somebody who wants it. */
import type { Subscription } from '@nats-io/transport-node'
import type { Bus, RollCall, Topic } from '../core/bus-ports.ts'
import { createLocalBus } from './local.ts'
import { decodeEvent, encodeEvent, joinLine, splitLine } from './nats-events.ts'
import { createReceiver, openLink } from './nats-link.ts'
import { createNodes, type Word } from './nats-nodes.ts'
import { createNatsRollCall } from './nats-roll-call.ts'

export interface Nats {
  readonly bus: Bus
  readonly rollCall: RollCall
  isConnected(): boolean
  /** How often it was connected again. */
  reconnects(): number
  /** Resolves when everything subscribed to and published so far has reached the NATS server. */
  flush(): Promise<void>
}

export interface NatsOptions {
  /** `nats://user:password@host:port` or `tls://…`; of several, separated by commas, any one will do. */
  readonly url: string
  /** Only nodes of the same name hear each other. Letters, digits and hyphens. */
  readonly installation: string
  /** A `guest` publishes, but nobody connects to it: the others do not wait for it, nor miss it. */
  readonly as: 'node' | 'guest'
  readonly onChange: (now: 'cut' | 'back') => void
}

/** To more topics than that an event goes once to every node, not once for each topic. */
const fewTopics = 8

/** Milliseconds after connecting in which the other nodes make themselves known. */
const gettingToKnow = 500

/** @throws an Error of one line where NATS cannot be used. */
export async function openNats({ url, installation, as, onChange }: NatsOptions): Promise<Nats> {
  const self = crypto.randomUUID()
  const root = `rookery.${installation}`
  const subscriptions = new Map<Topic, Subscription>()
  const receiver = createReceiver((text, subject) => deliver([subject.slice(root.length + 1) as Topic], text))
  const gapListeners: (() => void)[] = []
  let isClosed = false
  let introducedAt = 0

  const link = await openLink(url, root, (now) => {
    onChange(now)
    if (now === 'cut') return
    introduce('back')
    tellGap()
  })
  const local = createLocalBus({
    begin: (topic) => void subscriptions.set(topic, link.hear(topic, receiver)),
    end(topic) {
      subscriptions.get(topic)?.unsubscribe()
      subscriptions.delete(topic)
    },
  })
  const nodes = createNodes({ isConnected: link.isConnected, say, onGap: tellGap })
  const rollCall = createNatsRollCall({
    self,
    findPresent() {
      if (!link.isConnected()) return new Set()
      return performance.now() - introducedAt < gettingToKnow ? null : nodes.findPresent()
    },
    askAll: (question) => link.send('roll', question),
    answerTo: (node, answer) => link.send(`answers.${node}`, answer),
  })

  function say(word: Word): void {
    if (as === 'node') link.send('nodes', joinLine([word, self], ''))
  }

  function introduce(word: 'hello' | 'back'): void {
    introducedAt = performance.now()
    say(word)
  }

  function hearWord(text: string): void {
    const [line] = splitLine<readonly [Word, string]>(text)
    if (line && typeof line[1] === 'string') nodes.hear(...line, performance.now() - introducedAt < gettingToKnow)
  }

  function tellGap(): void {
    if (!isClosed) for (const listener of gapListeners) listener()
  }

  function deliver(topics: readonly Topic[], text: string): void {
    const event = decodeEvent(text)
    if (event) local.publish(topics, event)
  }

  function deliverToMany(text: string): void {
    const [topics, event] = splitLine<readonly Topic[]>(text)
    if (topics) deliver(topics, event)
  }

  link.hear('nodes', createReceiver(hearWord))
  if (as === 'node') link.hear('roll', createReceiver(rollCall.hearQuestion))
  link.hear(`answers.${self}`, createReceiver(rollCall.hearAnswer))
  link.hear('many', createReceiver(deliverToMany))
  introduce('hello')

  const bus: Bus = {
    publish(topics, event) {
      if (isClosed || topics.length === 0) return
      const text = encodeEvent(event)
      if (topics.length > fewTopics) link.send('many', joinLine(topics, text))
      else for (const topic of topics) link.send(topic, text)
      local.publish(topics, event)
    },
    subscribe: local.subscribe,
    onGap: (listener) => void gapListeners.push(listener),
    isWhole: () => link.isAnswering() && !nodes.isAnySilent(),
    close,
  }

  async function close(): Promise<void> {
    if (isClosed) return
    say('bye')
    isClosed = true
    nodes.close()
    await local.close()
    await link.close()
  }

  try {
    await link.flush()
  } catch (error) {
    await close()
    throw error
  }
  return { bus, rollCall, isConnected: link.isConnected, reconnects: () => link.reconnects, flush: link.flush }
}
