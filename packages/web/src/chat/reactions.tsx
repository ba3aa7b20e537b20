/** The emoji under a message: a press adds one's own or takes it away; staying on one tells whose they are. */
import type { Reaction } from '@rookery/protocol'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { useMe } from '../session/use-session.tsx'
import { useReact } from './use-message-actions.ts'
import styles from './reactions.module.css'
import { WhoReacted } from './who-reacted.tsx'

interface ReactionsProps {
  readonly conversation: number
  readonly seq: number
  readonly reactions: readonly Reaction[]
  readonly writable: boolean
}

export function Reactions({ conversation, seq, reactions, writable }: ReactionsProps) {
  useLocale()
  const me = useMe()
  const react = useReact(conversation)
  return (
    <div className={styles.row} data-testid="reactions">
      {reactions.map(({ emoji, numbers }) => {
        const own = numbers.includes(me.number)
        return (
          <WhoReacted key={emoji} conversation={conversation} emoji={emoji} numbers={numbers}>
            <button
              type="button"
              className={styles.chip}
              aria-pressed={own}
              aria-label={m.reaction_label({ emoji, count: numbers.length })}
              disabled={!writable}
              tabIndex={-1}
              onClick={() => void react(seq, emoji, !own)}
            >
              <span aria-hidden="true">{emoji}</span>
              <span aria-hidden="true">{numbers.length}</span>
            </button>
          </WhoReacted>
        )
      })}
    </div>
  )
}
