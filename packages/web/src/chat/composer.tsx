/** Where a message is written. */
import { LIMITS } from '@rookery/protocol'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Conversation } from '@rookery/client'
import { usePreferences } from '../app/preferences.ts'
import { useDraft } from '../messages/drafts.ts'
import { m } from '../paraglide/messages.js'
import { useClient } from '../session/use-session.tsx'
import { useMouse } from '../ui/use-media-query.ts'
import styles from './composer.module.css'
import { EmojiPicker } from './emoji-picker.tsx'
import { SendButton } from './send-button.tsx'
import { meansSend } from './send-keys.ts'

/** From here on the reader is told how much room is left. */
const tellFrom = 500

export function Composer({ conversation: { id, name } }: { readonly conversation: Conversation }) {
  const client = useClient()
  const { sendKey } = usePreferences()
  const mouse = useMouse()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(id)
  const left = LIMITS.textLength - text.trim().length
  const sendable = text.trim() !== '' && left >= 0

  useEffect(() => {
    // On a touch screen the focus would open the keyboard over what one came to read.
    if (mouse) field.current?.focus()
  }, [mouse])

  useLayoutEffect(() => {
    if (field.current?.value !== text) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [text])

  function send() {
    if (!sendable) return
    client.send(id, text.trim())
    setText('')
    field.current?.focus()
  }

  function insert(emoji: string) {
    if (field.current === null) return
    const { selectionStart, selectionEnd } = field.current
    field.current.setRangeText(emoji, selectionStart, selectionEnd, 'end')
    setText(field.current.value)
  }

  return (
    <div className={styles.area}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <div className={styles.tools}>
          <EmojiPicker onPick={insert} onClosed={() => field.current} />
        </div>
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          value={text}
          aria-label={m.composer_label({ name })}
          placeholder={m.composer_placeholder({ name })}
          enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
          data-kept
          onChange={(event) => {
            setText(event.target.value)
            if (event.target.value !== '') client.typing(id)
          }}
          onKeyDown={(event) => {
            if (!meansSend(event.nativeEvent, sendKey)) return
            event.preventDefault()
            send()
          }}
        />
        <div className={styles.bottom}>
          <Hint left={left} />
          <SendButton sendable={sendable} />
        </div>
      </form>
    </div>
  )
}

function Hint({ left }: { readonly left: number }) {
  const { sendKey } = usePreferences()
  if (left < 0) {
    return (
      <p className={styles.over} role="status">
        {m.composer_too_long({ count: -left })}
      </p>
    )
  }
  if (left < tellFrom) return <p className={styles.left}>{m.composer_left({ count: left })}</p>
  return <p className={styles.hint}>{sendKey === 'enter' ? m.composer_hint_enter() : m.composer_hint_ctrl_enter()}</p>
}
