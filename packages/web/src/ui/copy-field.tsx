/** A text to take along: shown whole, copied by one press. */
import { useRef } from 'react'
import { CopyButton } from './copy-button.tsx'
import styles from './copy-field.module.css'
import { TextField } from './text-field.tsx'

interface CopyFieldProps {
  readonly label: string
  readonly value: string
  readonly hint: string
}

export function CopyField({ label, value, hint }: CopyFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.row}>
      <TextField ref={field} label={label} value={value} hint={hint} readOnly />
      <CopyButton text={value} className={styles.button} onRefused={() => field.current?.select()} />
    </div>
  )
}
