/** What is no bubble: what happened in a group, a shake, what is left of a recalled message. */
import { memo, useEffect } from 'react'
import { useLocale } from '../i18n/locale.ts'
import { lineText, peopleIn } from '../messages/line-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { useDesk } from './desk.ts'
import { FailedLine } from './failed-line.tsx'
import type { LineItem } from './items.ts'
import styles from './line.module.css'
import { MessageFrame } from './message-frame.tsx'
import { recalledText } from './recalled-texts.ts'

interface LineProps extends LineItem {
  readonly conversation: number
  readonly inGroup: boolean
  readonly writable: boolean
  readonly isLast: boolean
  readonly flash: boolean
}

export const Line = memo(function Line(props: LineProps) {
  const { id, seq, sender, body, delivery, failure, conversation, inGroup, writable, isLast, flash } = props
  useLocale()
  const client = useClient()
  const desk = useDesk()
  useEffect(
    () => client.know(peopleIn({ sender, body }), inGroup ? conversation : undefined),
    [client, sender, body, conversation, inGroup],
  )
  const text = useClientState((state) => lineText(state, { conversation, sender, body }))
  const again = body.kind === 'recalled' && writable ? recalledText(id) : null
  return (
    <MessageFrame
      seq={body.kind === 'shake' ? seq : null}
      delivery={delivery}
      isLast={isLast}
      answerable={writable}
      choosable={false}
      flash={flash}
      className={styles.row}
    >
      <p className={styles.line} data-testid="line" data-kind={body.kind} data-line={seq}>
        <span className={styles.text}>{text}</span>
        {again !== null && (
          <button type="button" className={styles.again} onClick={() => writeAgain(again, desk.field.state())}>
            {m.line_write_again()}
          </button>
        )}
        {failure !== null && <FailedLine conversation={conversation} id={id} code={failure} />}
      </p>
    </MessageFrame>
  )
})

/** Puts the words back where one writes. */
function writeAgain(words: string, field: HTMLTextAreaElement | null): void {
  if (field === null) return
  field.focus()
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
