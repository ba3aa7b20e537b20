/** The tools above the text. */
import { History, Vibrate } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Conversation } from '@rookery/client'
import { isNote } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import styles from './composer.module.css'
import { useDesk } from './desk.ts'
import { EmojiPicker } from './emoji-picker.tsx'

interface ComposerToolsProps {
  readonly conversation: Conversation
  readonly onEmoji: (emoji: string) => void
}

/** Between two shakes: the server takes none that come sooner. */
const restMs = 5_500

export function ComposerTools({ conversation, onEmoji }: ComposerToolsProps) {
  const desk = useDesk()
  const me = useMe()
  const narrow = useNarrow()
  return (
    <div className={styles.tools}>
      <EmojiPicker onPick={onEmoji} onClosed={() => desk.field.state()} />
      {conversation.kind === 'direct' && !isNote(conversation, me.number) && <Shake conversation={conversation.id} />}
      {!narrow && (
        <IconButton
          label={m.chat_search()}
          className={styles.history}
          onClick={() => desk.searching.set(!desk.searching.state())}
        >
          <History size={20} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  )
}

function Shake({ conversation }: { readonly conversation: number }) {
  const client = useClient()
  const [resting, setResting] = useState(false)
  useEffect(() => {
    if (!resting) return
    const timer = setTimeout(() => setResting(false), restMs)
    return () => clearTimeout(timer)
  }, [resting])
  return (
    <IconButton
      label={m.composer_shake()}
      disabled={resting}
      data-testid="shake"
      onClick={() => {
        client.send(conversation, { kind: 'shake' })
        setResting(true)
      }}
    >
      <Vibrate size={21} aria-hidden="true" />
    </IconButton>
  )
}
