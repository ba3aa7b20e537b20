/** Something that is on or off at once, without a button to confirm it. */
import styles from './switch.module.css'

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

export function Switch({ label, on, onChange }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className={styles.switch}
      aria-label={label}
      checked={on}
      aria-checked={on}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}
