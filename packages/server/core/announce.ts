/** Tells connected devices what was committed. */
import { encodeFrame, type Push } from '@rookery/protocol'
import type { HintAbout, Topic } from './bus-ports.ts'
import type { OwnRows, Ports } from './ports.ts'

type Announcer = Pick<Ports, 'bus'>

type Hint = Extract<Push, { push: 'read' | 'typing' | 'presence' }>

/** One encoded frame to every device of these people, but for the socket that knows already. */
export function announce(
  { bus }: Announcer,
  numbers: readonly number[],
  push: Push,
  except: string | null = null,
): void {
  bus.publish(numbers.map(topicOf), { kind: 'frame', frame: encodeFrame(push), except })
}

/** A hint to those of these people's sockets that watch what it is about. It may be lost, and a later one replaces it. */
export function hint({ bus }: Announcer, numbers: readonly number[], about: HintAbout, push: Hint): void {
  const frame = encodeFrame(push)
  bus.publish(numbers.map(topicOf), { kind: 'hint', about, key: `${push.push} ${about} ${push.number}`, frame })
}

export function announceOwnRows(ports: Announcer, rows: readonly OwnRows[]): void {
  for (const { owner, contacts, memberships } of rows) announce(ports, [owner], { push: 'mine', contacts, memberships })
}

/** Their sockets close before anything newer reaches them. */
export function announceEndedSessions(
  { bus }: Announcer,
  number: number,
  sessions: readonly string[],
  except: string | null = null,
): void {
  if (sessions.length > 0) bus.publish([topicOf(number)], { kind: 'sessions_ended', sessions, except })
}

export function topicOf(number: number): Topic {
  return `user.${number}`
}
