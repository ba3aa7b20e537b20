/** A choice of one among many, drawn by the browser. */
import { classes } from './classes.ts'
import styles from './select-field.module.css'

interface SelectFieldProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly onChange: (value: string) => void
  readonly className?: string | undefined
}

export function SelectField({ label, value, options, onChange, className }: SelectFieldProps) {
  return (
    <select
      className={classes(styles.select, className)}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  )
}
