/** The sheet of keys. */
import { m } from '../i18n/messages.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import styles from './keys-dialog.module.css'
import { usePreferences } from './preferences.ts'

interface KeysDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly label: string
}

export function KeysDialog({ open, onClose, label }: KeysDialogProps) {
  const { sendKey } = usePreferences()
  const keys = [
    [m.keys_search(), ['Ctrl', 'K']],
    [m.keys_previous(), ['Alt', '↑']],
    [m.keys_next(), ['Alt', '↓']],
    [m.keys_search_chat(), ['Ctrl', 'F']],
    [m.keys_edit_last(), ['↑']],
    [m.keys_message_menu(), ['Shift', 'F10']],
    [m.keys_mention(), ['@']],
    [m.keys_send(), sendKey === 'enter' ? ['Enter'] : ['Ctrl', 'Enter']],
    [m.keys_close(), ['Esc']],
    [m.keys_help(), ['Ctrl', '/']],
  ] as const
  return (
    <DialogFrame open={open} onClose={onClose} title={label}>
      <dl className={frame.body}>
        {keys.map(([what, strokes]) => (
          <div key={what} className={styles.row}>
            <dt>{what}</dt>
            <dd className={styles.strokes}>
              {strokes.map((stroke) => (
                <kbd key={stroke} className={styles.key}>
                  {stroke}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </DialogFrame>
  )
}
