/** Several messages that were forwarded as one, to be read. */
import { mergedTitle } from '../messages/line-text.ts'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { Avatar } from '../ui/avatar.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import type { Opened } from './desk.ts'
import styles from './merged-dialog.module.css'
import { MessageText } from './message-text.tsx'
import { useState } from 'react'

interface MergedDialogProps {
  readonly opened: Opened
  readonly onClose: () => void
}

export function MergedDialog({ opened, onClose }: MergedDialogProps) {
  const locale = useLocale()
  // While it goes, it still shows what it showed.
  const [shown, setShown] = useState(opened.kind === 'merged' ? opened.body : null)
  if (opened.kind === 'merged' && opened.body !== shown) setShown(opened.body)
  if (shown === null) return null
  return (
    <DialogFrame open={opened.kind === 'merged'} onClose={onClose} title={mergedTitle(shown.title)}>
      <ul className={styles.list} data-testid="merged-items">
        {shown.items.map(({ number, name, at, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- they never change places
          <li key={`${at} ${index}`} className={styles.item}>
            <Avatar number={number} name={name} size={28} />
            <div className={styles.words}>
              <p className={styles.head}>
                <span className={styles.name}>{name}</span>
                <time>{fullTime(at, locale)}</time>
              </p>
              <p className={styles.text} dir="auto">
                <MessageText text={text} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </DialogFrame>
  )
}
