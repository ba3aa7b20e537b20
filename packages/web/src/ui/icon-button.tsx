/** A button that shows only an icon; its name is spoken and shown on hover. */
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import styles from './icon-button.module.css'

interface IconButtonProps extends ComponentProps<'button'> {
  readonly label: string
}

export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return <button {...rest} type={type} aria-label={label} title={label} className={classes(styles.button, className)} />
}
