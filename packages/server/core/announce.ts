/** Tells connected devices what was committed. */
import { encodeFrame, type Push } from '@rookery/protocol'
import type { HintAbout, Joined, Topic } from './bus-ports.ts'
import type { Audience } from './log-ports.ts'
import type { OwnRowsOf } from './own-row-ports.ts'
import type { Ports } from './ports.ts'

type Announcer = Pick<Ports, 'bus'>

type Hint = Extract<Push, { push: 'read' | 'typing' | 'presence' }>

/** A message as it is now, to every device that it is for, but for the socket that knows already. Others in the group learn its rev. */
export function announceMessage(
  { bus }: Announcer,
  audience: Audience,
  push: Omit<Extract<Push, { push: 'message' }>, 'push'>,
  except: string | null = null,
): void {
  const { seq, rev } = push.row
  const frame = encodeFrame({ push: 'message', ...push })
  const isInGroup = audience.kind === 'group'
  bus.publish(topicsOf(audience), { kind: 'frame', frame, except, ...(isInGroup && { message: { seq, rev } }) })
}

/** A hint to those sockets of the audience that watch what it is about. It may be lost, and a later one replaces it. */
export function hint({ bus }: Announcer, audience: Audience, about: HintAbout, push: Hint): void {
  const frame = encodeFrame(push)
  bus.publish(topicsOf(audience), { kind: 'hint', about, key: `${push.push} ${about} ${push.number}`, frame })
}

export function announceOwnRows({ bus }: Announcer, rows: readonly OwnRowsOf[]): void {
  for (const { owner, ...own } of rows) {
    bus.publish([topicOf(owner)], { kind: 'frame', frame: encodeFrame({ push: 'mine', ...own }), except: null })
  }
}

/** Before anything else about it: who comes in hears what follows, who is out does not. */
export function announceGroups(
  { bus }: Announcer,
  numbers: readonly number[],
  change: { readonly joined?: readonly Joined[]; readonly left?: readonly number[] },
): void {
  const { joined = [], left = [] } = change
  if (numbers.length > 0) bus.publish(numbers.map(topicOf), { kind: 'groups', joined, left })
}

export function peopleOf(...numbers: readonly number[]): Audience {
  return { kind: 'people', numbers }
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

export function groupTopicOf(conversation: number): Topic {
  return `group.${conversation}`
}

function topicsOf(audience: Audience): Topic[] {
  return audience.kind === 'group' ? [groupTopicOf(audience.conversation)] : audience.numbers.map(topicOf)
}
