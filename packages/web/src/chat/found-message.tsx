/** One message that was found, with what was said around it. */
import type { MessageRow } from '@rookery/protocol'
import { separatorTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { lineText } from '../messages/line-text.ts'
import { bodyWords } from '../search/body-words.ts'
import { snippet } from '../search/highlight.ts'
import { MarkedText } from '../search/marked-text.tsx'
import type { Hit } from '../search/use-message-hits.ts'
import { useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './search-panel.module.css'
import { useName } from './use-name.ts'

interface FoundMessageProps {
  readonly hit: Hit
  readonly query: string
  readonly onJump: () => void
}

export function FoundMessage({ hit: { message, before, after }, query, onJump }: FoundMessageProps) {
  const { sender, at, body, conversation } = message
  const locale = useLocale()
  const name = useName(sender, conversation)
  return (
    <li>
      <button type="button" className={styles.found} data-testid="found" onClick={onJump}>
        <Avatar number={sender} name={name} size={28} />
        <span className={styles.words}>
          <span className={styles.who}>
            <span className={styles.name}>{name}</span>
            <time>{separatorTime(at, locale)}</time>
          </span>
          {before && <Context row={before} />}
          <span className={styles.text}>
            <MarkedText text={snippet(bodyWords(body), query)} query={query} />
          </span>
          {after && <Context row={after} />}
        </span>
      </button>
    </li>
  )
}

function Context({ row }: { readonly row: MessageRow }) {
  const name = useName(row.sender, row.conversation)
  const text = useClientState((state) => lineText(state, row))
  const isSaying = row.body.kind === 'text' || row.body.kind === 'merged'
  return <span className={styles.context}>{isSaying ? `${name}: ${text}` : text}</span>
}
