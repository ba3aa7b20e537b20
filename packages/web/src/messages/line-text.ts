/** What a message says where there is room for one line of words only, and what happened in a group. */
import { nameOf, type ClientState, type Conversation } from '@rookery/client'
import type { Body, MessageRow, Origin } from '@rookery/protocol'
import { joinList } from '../i18n/lists.ts'
import { m } from '../i18n/messages.ts'

export type Said = Pick<MessageRow, 'conversation' | 'sender'> & { readonly body: Body }
type EventBody = Extract<Body, { kind: 'event' }>

/** In groups it begins with who said it. */
export function previewText(state: ClientState, { kind }: Pick<Conversation, 'kind'>, said: Said): string {
  const text = lineText(state, said)
  const isSaying = said.body.kind === 'text' || said.body.kind === 'merged'
  if (kind === 'direct' || !isSaying || said.sender === state.me?.number) return text
  return m.list_said({ name: nameOf(state, said.sender, said.conversation), text })
}

export function lineText(state: ClientState, said: Said): string {
  const { body, sender, conversation } = said
  const who = subjectOf(state, sender, conversation)
  switch (body.kind) {
    case 'text':
      return body.text
    case 'merged':
      return `${m.line_merged()} ${mergedTitle(body.title)}`
    case 'shake':
      return m.line_shake({ who }).trim()
    case 'recalled':
      return recalledText(state, said, body.by).trim()
    case 'event':
      return eventText(state, said, body).trim()
  }
}

export function mergedTitle(title: string): string {
  return title === '' ? m.merged_title_direct() : m.merged_title({ name: title })
}

function recalledText(state: ClientState, { sender, conversation }: Said, by: number): string {
  const who = subjectOf(state, by, conversation)
  if (by === sender) return m.line_recalled({ who })
  return m.line_recalled_of({ who, name: objectsOf(state, [{ number: sender, name: '' }], conversation) })
}

function eventText(state: ClientState, { sender, conversation }: Said, body: EventBody): string {
  const who = subjectOf(state, sender, conversation)
  const { text = '', people: those = [] } = body
  const people = objectsOf(state, those, conversation)
  switch (body.event) {
    case 'created':
      return people === '' ? m.event_created({ who }) : m.event_created_with({ who, people })
    case 'joined':
      return m.event_joined({ who: subjectsOf(state, those, conversation) })
    case 'invited':
      return m.event_invited({ who, people })
    case 'left':
      return m.event_left({ who })
    case 'removed':
      return m.event_removed({ who, people })
    case 'promoted':
      return m.event_promoted({ who, people })
    case 'demoted':
      return m.event_demoted({ who, people })
    case 'handed_over':
      return m.event_handed_over({ who, people })
    case 'renamed':
      return m.event_renamed({ who, text })
    case 'noticed':
      return text === '' ? m.event_notice_removed({ who }) : m.event_noticed({ who, text })
    case 'configured':
      return m.event_configured({ who })
    case 'muted':
      return people === '' ? m.event_muted_all({ who }) : m.event_muted({ who, people })
    case 'unmuted':
      return people === '' ? m.event_unmuted_all({ who }) : m.event_unmuted({ who, people })
    case 'dissolved':
      return m.event_dissolved({ who })
  }
}

/** Everybody of whom a line speaks: their names are to be known. */
export function peopleIn({ sender, body }: Pick<Said, 'sender' | 'body'>): number[] {
  if (body.kind === 'event') return [sender, ...(body.people ?? []).map(({ number }) => number)]
  return body.kind === 'recalled' ? [sender, body.by] : [sender]
}

function subjectOf(state: ClientState, number: number, conversation: number): string {
  return subjectsOf(state, [{ number, name: '' }], conversation)
}

function subjectsOf(state: ClientState, people: readonly Origin[], conversation: number): string {
  const isOne = people.length === 1 && people[0]?.number === state.me?.number
  return isOne ? m.who_you() : list(state, people, conversation)
}

function objectsOf(state: ClientState, people: readonly Origin[], conversation: number): string {
  const isOne = people.length === 1 && people[0]?.number === state.me?.number
  return isOne ? m.who_you_object() : list(state, people, conversation)
}

function list(state: ClientState, people: readonly Origin[], conversation: number): string {
  if (people.length === 0) return ''
  return m.who_other({ name: joinList(people.map((one) => called(state, one, conversation))) })
}

/** As they are called now; where that is not known, as they were then. */
function called(state: ClientState, { number, name: then }: Origin, conversation: number): string {
  if (number === state.me?.number) return m.who_you_object()
  const name = nameOf(state, number, conversation)
  return name === String(number) && then !== '' ? then : name
}
