/** One line about a whole form: what went wrong, or what was done. Spoken as it appears. */
import { CircleAlert, CircleCheck } from 'lucide-react'
import { classes } from './classes.ts'
import styles from './form-note.module.css'

interface FormNoteProps {
  readonly kind: 'problem' | 'done' | 'notice'
  readonly text: string | null
}

export function FormNote({ kind, text }: FormNoteProps) {
  if (text === null) return null
  const Icon = kind === 'done' ? CircleCheck : CircleAlert
  return (
    <p className={classes(styles.note, styles[kind])} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden="true" className={styles.icon} />
      {text}
    </p>
  )
}
