/** Several messages that were forwarded as one: a card that opens. */
import { useLocale } from '../i18n/locale.ts'
import { mergedTitle } from '../messages/line-text.ts'
import { m } from '../i18n/messages.ts'
import { useDesk } from './desk.ts'
import type { BubbleBody } from './items.ts'
import styles from './merged-card.module.css'

/** Lines that are shown of it. */
const most = 4

export function MergedCard({ body }: { readonly body: Extract<BubbleBody, { kind: 'merged' }> }) {
  const desk = useDesk()
  useLocale()
  return (
    <button
      type="button"
      className={styles.card}
      data-testid="merged"
      onClick={() => desk.opened.set({ kind: 'merged', body })}
    >
      <span className={styles.title}>{mergedTitle(body.title)}</span>
      {body.items.slice(0, most).map(({ name, text, at }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- they never change places
        <span key={`${at} ${index}`} className={styles.line}>
          {name}: {text}
        </span>
      ))}
      <span className={styles.count}>{m.merged_count({ count: body.items.length })}</span>
    </button>
  )
}
