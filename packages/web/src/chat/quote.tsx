/** What a message answers; a press jumps there. */
import { findMessage } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { useEffect } from 'react'
import { useLocale } from '../i18n/locale.ts'
import { lineText } from '../messages/line-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { useDesk } from './desk.ts'
import styles from './quote.module.css'
import { useName } from './use-name.ts'

interface QuoteProps {
  readonly conversation: number
  readonly seq: number
}

export function Quote({ conversation, seq }: QuoteProps) {
  const desk = useDesk()
  const row = useQuoted(conversation, seq)
  useLocale()
  if (!row) return <span className={styles.quote}>{row === null ? m.quote_gone() : m.quote_loading()}</span>
  return (
    <button
      type="button"
      className={styles.quote}
      tabIndex={-1}
      data-testid="quote"
      onClick={() => desk.target.set({ seq })}
    >
      <QuoteWords row={row} />
    </button>
  )
}

/** Who said it, and what. */
export function QuoteWords({ row }: { readonly row: MessageRow }) {
  const name = useName(row.sender, row.conversation)
  const text = useClientState((state) => lineText(state, row))
  return (
    <>
      {row.body.kind !== 'recalled' && <span className={styles.name}>{name}</span>}
      <span className={styles.text}>{row.body.kind === 'recalled' ? m.quote_recalled() : text}</span>
    </>
  )
}

/** Undefined until it is known; null where there is none for us. */
export function useQuoted(conversation: number, seq: number): MessageRow | null | undefined {
  const client = useClient()
  const row = useClientState((state) => findMessage(state, conversation, seq))
  const isLacking = row === undefined
  useEffect(() => {
    if (isLacking) client.quoted(conversation, seq)
  }, [client, conversation, seq, isLacking])
  return row
}
