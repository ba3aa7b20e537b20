/** What is about to be handed on. */
import { findMessage } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { useMemo } from 'react'
import { lineText } from '../messages/line-text.ts'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import styles from './forward-dialog.module.css'
import { useName } from './use-name.ts'

const most = 3

export function ForwardPreview({
  conversation,
  seqs,
}: {
  readonly conversation: number
  readonly seqs: readonly number[]
}) {
  const state = useClientState((all) => all)
  const rows = useMemo(
    () =>
      seqs
        .slice(0, most)
        .map((seq) => findMessage(state, conversation, seq))
        .filter((row) => row !== null && row !== undefined),
    [state, conversation, seqs],
  )
  return (
    <div className={styles.preview}>
      {rows.map((row) => (
        <PreviewLine key={row.seq} row={row} />
      ))}
      {seqs.length > most && <p>{m.forward_more({ count: seqs.length - most })}</p>}
    </div>
  )
}

function PreviewLine({ row }: { readonly row: MessageRow }) {
  const name = useName(row.sender, row.conversation)
  const text = useClientState((state) => lineText(state, row))
  return (
    <p>
      {name}: {text}
    </p>
  )
}
