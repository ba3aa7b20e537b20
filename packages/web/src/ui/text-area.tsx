/** A labelled field of several lines. */
import { useId, type ComponentProps } from 'react'
import { classes } from './classes.ts'
import styles from './text-field.module.css'
import { useRoom } from './use-room.ts'

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly label: string
}

export function TextArea({ label, ...rest }: TextAreaProps) {
  const id = useId()
  const noteId = `${id}-note`
  const { used, onInput } = useRoom(rest.maxLength, rest.defaultValue ?? rest.value)
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        className={classes(styles.input, styles.area)}
        aria-describedby={used === null ? undefined : noteId}
        onInput={onInput}
      />
      {used !== null && (
        <p id={noteId} className={styles.hint}>
          <span className={styles.used}>{used}</span>
        </p>
      )}
    </div>
  )
}
