/** A labelled field of several lines. */
import { useId, type ComponentProps } from 'react'
import { classes } from './classes.ts'
import styles from './text-field.module.css'

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly label: string
}

export function TextArea({ label, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea {...rest} id={id} className={classes(styles.input, styles.area)} />
    </div>
  )
}
