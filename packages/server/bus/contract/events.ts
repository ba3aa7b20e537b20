/** What every bus promises about events. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { Bus, BusEvent, Topic } from '../../core/bus-ports.ts'

export interface OpenedBus {
  readonly bus: Bus
  /** Another node's end of the same bus; the same object where there is one node. */
  readonly peer: Bus
  /** Resolves once subscriptions made, and events published, before the call have got where they go. */
  settle(): Promise<void>
}

const frame = (text: string, except: string | null = null): BusEvent => ({ kind: 'frame', frame: text, except })

export function describeBusContract(name: string, open: () => Promise<OpenedBus>): void {
  describe(`bus contract: ${name}`, () => {
    let opened: OpenedBus
    let topics = 0
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => Promise.all(new Set([opened.bus, opened.peer]).values().map((bus) => bus.close())))

    /** Of both kinds in turn. */
    const newTopic = (): Topic => `${topics++ % 2 === 0 ? 'user' : 'group'}.${10_001 + topics}`

    function listen(topic: Topic, bus: Bus = opened.peer): { heard: BusEvent[]; stop: () => void } {
      const heard: BusEvent[] = []
      return { heard, stop: bus.subscribe(topic, (event) => heard.push(event)) }
    }

    test('an event reaches every listener of its topic, on either end, as it was', async () => {
      const topic = newTopic()
      const listeners = [listen(topic), listen(topic), listen(topic, opened.bus)]
      await opened.settle()
      const events: readonly BusEvent[] = [
        frame('{"text":"甲 🎉"}', 'a session'),
        frame('of two\nlines, to all'),
        { kind: 'hint', about: 'presence', key: 'presence 10001', frame: '{"push":"presence"}' },
        { kind: 'hint', about: 7, key: 'typing 7', frame: '{"push":"typing"}' },
        { kind: 'sessions_ended', sessions: ['one', 'two'], except: null },
      ]
      for (const event of events) opened.bus.publish([topic], event)
      await opened.settle()
      for (const { heard } of listeners) expect(heard).toEqual([...events])
    })

    test('an event goes to each topic named and to no other', async () => {
      const [first, second, third] = [newTopic(), newTopic(), newTopic()]
      const [one, two, three] = [listen(first), listen(second), listen(third)]
      await opened.settle()
      opened.bus.publish([first, second], frame('x'))
      opened.bus.publish([], frame('nobody'))
      await opened.settle()
      expect([one.heard, two.heard, three.heard]).toEqual([[frame('x')], [frame('x')], []])
    })

    test('a person and a conversation of one number are two topics', async () => {
      const [person, group] = [listen('user.77'), listen('group.77')]
      await opened.settle()
      opened.bus.publish(['group.77'], frame('x'))
      await opened.settle()
      expect([person.heard, group.heard]).toEqual([[], [frame('x')]])
    })

    test('to a thousand topics at once, too, and in order with what goes to few', async () => {
      const names = Array.from({ length: 1_000 }, newTopic)
      const listened = [names[0], names[500], names[999]].map((topic) => ({ topic, ...listen(topic as Topic) }))
      await opened.settle()
      for (const { topic } of listened) opened.bus.publish([topic as Topic], frame('before'))
      opened.bus.publish(names, frame('to all', 'a socket'))
      for (const { topic } of listened) opened.bus.publish([topic as Topic], frame('after'))
      await opened.settle()
      for (const { heard } of listened)
        expect(heard).toEqual([frame('before'), frame('to all', 'a socket'), frame('after')])
    })

    test('[D10] its own listeners have heard by the time publish returns: nothing newer can overtake', () => {
      const topic = newTopic()
      const { heard } = listen(topic, opened.bus)
      opened.bus.publish([topic], { kind: 'sessions_ended', sessions: ['x'], except: null })
      expect(heard).toHaveLength(1)
      opened.bus.publish([topic], frame('newer'))
      expect(heard.map(({ kind }) => kind)).toEqual(['sessions_ended', 'frame'])
    })

    test('a bus that is whole says so, and tells of no gap', async () => {
      let gaps = 0
      opened.bus.onGap(() => (gaps += 1))
      opened.bus.publish([newTopic()], frame('x'))
      await opened.settle()
      expect([opened.bus.isWhole(), opened.peer.isWhole(), gaps]).toEqual([true, true, 0])
    })

    test('what one publisher puts on one topic arrives in that order, each at most once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(2), { maxLength: 100 }), async (choices) => {
          const names = [newTopic(), newTopic(), newTopic()]
          const listeners = names.map((topic) => listen(topic))
          await opened.settle()
          const published = choices.map((choice, index) => ({ topic: names[choice], event: frame(String(index)) }))
          for (const { topic, event } of published) if (topic) opened.bus.publish([topic], event)
          await opened.settle()
          listeners.forEach(({ heard, stop }, index) => {
            const own = published.filter(({ topic }) => topic === names[index])
            expect(heard).toEqual(own.map(({ event }) => event))
            stop()
          })
        }),
        { numRuns: 30 },
      )
    })

    test('who stopped listening hears nothing more, and the others go on', async () => {
      const topic = newTopic()
      const [leaver, stayer] = [listen(topic), listen(topic)]
      await opened.settle()
      opened.bus.publish([topic], frame('both'))
      await opened.settle()
      leaver.stop()
      leaver.stop()
      opened.bus.publish([topic], frame('stayer'))
      await opened.settle()
      expect(leaver.heard).toEqual([frame('both')])
      expect(stayer.heard).toEqual([frame('both'), frame('stayer')])
    })

    test('who stops and listens again hears what comes after, once', async () => {
      const topic = newTopic()
      listen(topic).stop()
      const again = listen(topic)
      await opened.settle()
      opened.bus.publish([topic], frame('x'))
      await opened.settle()
      expect(again.heard).toEqual([frame('x')])
    })

    test('a listener may stop, and publish, while it is being told', async () => {
      const [topic, other] = [newTopic(), newTopic()]
      const heard: string[] = []
      const stop = opened.peer.subscribe(topic, () => {
        heard.push('told')
        stop()
        opened.peer.publish([other], frame('passed on'))
      })
      const next = listen(topic)
      const onward = listen(other)
      await opened.settle()
      for (const text of ['first', 'second']) opened.bus.publish([topic], frame(text))
      await opened.settle()
      expect(heard).toEqual(['told'])
      expect(next.heard).toEqual([frame('first'), frame('second')])
      expect(onward.heard).toEqual([frame('passed on')])
    })

    test('a closed bus delivers nothing', async () => {
      const { bus, settle } = await open()
      const { heard } = listen('user.10001', bus)
      await settle()
      await bus.close()
      bus.publish(['user.10001'], frame('x'))
      await opened.settle()
      expect(heard).toEqual([])
    })
  })
}
