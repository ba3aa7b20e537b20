/** A dialog with a title and a close button, a page on a narrow screen; Escape and a click outside close it. */
import { ArrowLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '../i18n/messages.ts'
import { classes } from './classes.ts'
import styles from './dialog-frame.module.css'
import { useHoldWhile } from './hold.ts'
import iconButton from './icon-button.module.css'
import { usePopups } from './popups.ts'
import { useCloseGesture } from './use-close-gesture.ts'
import { useNarrow } from './use-media-query.ts'

interface DialogFrameProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Without it the title is only spoken, and the content fills the dialog. */
  readonly titleShown?: boolean
}

export function DialogFrame({ open, onClose, title, children, titleShown = true }: DialogFrameProps) {
  const popups = usePopups()
  const narrow = useNarrow()
  useCloseGesture(open && narrow, onClose)
  useHoldWhile(open)
  if (popups === null) return null
  const { Dialog } = popups
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={classes(styles.popup, titleShown ? styles.page : styles.bare)}>
          <div className={titleShown ? styles.header : styles.floating}>
            <Dialog.Title className={titleShown ? styles.title : 'visually-hidden'}>{title}</Dialog.Title>
            <Dialog.Close className={iconButton.button} aria-label={m.action_close()} title={m.action_close()}>
              {narrow && titleShown ? <ArrowLeft size={22} aria-hidden="true" /> : <X size={20} aria-hidden="true" />}
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
