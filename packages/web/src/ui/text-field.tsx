/** A labelled line of input with its hint. What is wrong with it is said once, by the form. */
import { useId, type ComponentProps } from 'react'
import styles from './text-field.module.css'
import { useRoom } from './use-room.ts'

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string
  readonly hint?: string
  readonly invalid?: boolean
}

export function TextField({ label, hint, invalid = false, id, ...rest }: TextFieldProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  const noteId = `${fieldId}-note`
  const { used, onInput } = useRoom(rest.maxLength, rest.defaultValue ?? rest.value)
  const hasNote = hint !== undefined || used !== null
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={fieldId}>
        {label}
      </label>
      <input
        {...rest}
        id={fieldId}
        className={styles.input}
        aria-invalid={invalid}
        aria-describedby={hasNote ? noteId : undefined}
        onInput={onInput}
      />
      {hasNote && (
        <p id={noteId} className={styles.hint}>
          {hint} {used !== null && <span className={styles.used}>{used}</span>}
        </p>
      )}
    </div>
  )
}
