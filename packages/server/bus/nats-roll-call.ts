/** The roll call over NATS: one question to all nodes, one answer from each to whoever asked. */
import type { Present, Roll, RollCall } from '../core/bus-ports.ts'
import { createLocalRollCall } from './local.ts'
import { joinLine, splitLine } from './nats-events.ts'

export interface RollCallParts {
  readonly self: string
  /** Whose answers are worth waiting for; null where that is not known yet: then all the time there is. */
  readonly findPresent: () => Set<string> | null
  readonly askAll: (question: string) => void
  readonly answerTo: (node: string, answer: string) => void
}

export interface NatsRollCall extends RollCall {
  hearQuestion(text: string): void
  hearAnswer(text: string): void
}

interface Pending {
  /** Null: everybody who may still answer. */
  readonly waitsFor: Set<string> | null
  readonly people: Set<number>
  readonly active: Set<number>
  readonly sessions: Set<string>
  readonly resolve: () => void
}

type Question = readonly [node: string, id: number, people: readonly number[], sessions: readonly string[]]
/** `node` is whoever answers. */
type Answer = readonly [...Question, active: readonly number[]]

/** Milliseconds until who has not answered has nobody. */
const patience = 500

export function createNatsRollCall({ self, findPresent, askAll, answerTo }: RollCallParts): NatsRollCall {
  const local = createLocalRollCall()
  const pending = new Map<number, Pending>()
  let lastId = 0

  /** Resolves when all have answered, or the time is over. */
  function askOthers(asked: Roll, waitsFor: Set<string> | null, found: Pick<Pending, keyof Present>) {
    const id = ++lastId
    return new Promise<void>((resolve) => {
      const finish = () => {
        pending.delete(id)
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(finish, patience)
      pending.set(id, { ...found, waitsFor, resolve: finish })
      const question: Question = [self, id, asked.people, asked.sessions]
      askAll(joinLine(question, ''))
    })
  }

  async function answer([node, id, people, sessions]: Question): Promise<void> {
    const found = await local.ask({ people, sessions })
    const answered: Answer = [self, id, found.people, found.sessions, found.active]
    answerTo(node, joinLine(answered, ''))
  }

  return {
    answerWith: local.answerWith,
    async ask(asked) {
      const own = await local.ask(asked)
      const [people, active, sessions] = [new Set(own.people), new Set(own.active), new Set(own.sessions)]
      // Whoever rests here may be active elsewhere.
      const left = {
        people: asked.people.filter((number) => !active.has(number)),
        sessions: asked.sessions.filter((session) => !sessions.has(session)),
      }
      const present = findPresent()
      const isNeeded = left.people.length > 0 || left.sessions.length > 0
      if (isNeeded && present?.size !== 0) await askOthers(left, present, { people, active, sessions })
      return { people: [...people], active: [...active], sessions: [...sessions] }
    },
    hearQuestion(text) {
      const [question] = splitLine<Question>(text)
      if (question && isQuestion(question)) void answer(question)
    },
    hearAnswer(text) {
      const [answered] = splitLine<Answer>(text)
      const waiting = answered && pending.get(answered[1])
      if (!waiting || !isQuestion(answered) || !Array.isArray(answered[4])) return
      const [node, , people, sessions, active] = answered
      for (const number of people) waiting.people.add(number)
      for (const number of active) waiting.active.add(number)
      for (const session of sessions) waiting.sessions.add(session)
      waiting.waitsFor?.delete(node)
      if (waiting.waitsFor?.size === 0) waiting.resolve()
    },
  }
}

/** Others may share the NATS server. */
function isQuestion([node, , people, sessions]: Question | Answer): boolean {
  return /^[\w-]+$/.test(node) && Array.isArray(people) && Array.isArray(sessions)
}
