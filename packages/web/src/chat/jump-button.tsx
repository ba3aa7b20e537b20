/** The way back to the newest message. */
import { ChevronDown } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { badgeText } from '../ui/badge.tsx'
import styles from './jump-button.module.css'

interface JumpButtonProps {
  readonly missed: number
  readonly onJump: () => void
}

export function JumpButton({ missed, onJump }: JumpButtonProps) {
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={missed > 0 ? m.chat_jump_count({ count: missed }) : m.chat_jump()}
      onClick={onJump}
    >
      {missed > 0 && (
        <span className={styles.count} aria-hidden="true">
          {badgeText(missed)}
        </span>
      )}
      <ChevronDown size={22} aria-hidden="true" />
    </button>
  )
}
