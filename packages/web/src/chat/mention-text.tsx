/** The words of a message: its links made to be followed, those it calls out marked. */
import { nameOf, type ClientState } from '@rookery/client'
import { useMemo } from 'react'
import { everyoneNames } from './everyone.ts'
import type { BubbleBody } from './items.ts'
import styles from './mention-text.module.css'
import { splitMentions, type Names } from './mentions.ts'
import { MessageText } from './message-text.tsx'
import { useClient } from '../session/use-session.tsx'

interface MentionTextProps {
  readonly body: Extract<BubbleBody, { kind: 'text' }>
  readonly conversation: number
}

export function MentionText({ body, conversation }: MentionTextProps) {
  const { text, mentions, mentions_all: all } = body
  if (mentions === undefined && all === undefined) return <MessageText text={text} />
  return <WithMentions text={text} mentions={mentions ?? []} all={all ?? false} conversation={conversation} />
}

interface WithMentionsProps {
  readonly text: string
  readonly mentions: readonly number[]
  readonly all: boolean
  readonly conversation: number
}

function WithMentions({ text, mentions, all, conversation }: WithMentionsProps) {
  const client = useClient()
  const parts = useMemo(
    () => splitMentions(text, namesIn(client.state(), mentions, all, conversation)),
    [client, text, mentions, all, conversation],
  )
  return parts.map((part) =>
    part.kind === 'text' ? (
      <MessageText key={part.at} text={part.text} />
    ) : (
      <span key={part.at} className={part.kind === 'me' ? styles.me : styles.other} data-mention={part.kind}>
        {part.text}
      </span>
    ),
  )
}

/** Everything that those who are called out are known by here. */
function namesIn(state: ClientState, mentions: readonly number[], all: boolean, conversation: number): Names {
  const me = state.me?.number
  const names = (number: number) => {
    const member = state.groupPeople.get(conversation)?.people.get(number)
    const person = state.people.get(number) ?? state.contacts.get(number)
    return [member?.nickname, member?.name, person?.name, nameOf(state, number), nameOf(state, number, conversation)]
      .filter((name) => name !== undefined)
      .map((name) => name.trim())
  }
  const mine = mentions.filter((number) => number === me).flatMap(names)
  return {
    mine: all ? [...mine, ...everyoneNames] : mine,
    others: mentions.filter((number) => number !== me).flatMap(names),
  }
}
