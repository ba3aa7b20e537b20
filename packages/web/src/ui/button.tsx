/** A button with a text, in one of three weights. */
import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { classes } from './classes.ts'

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'plain' | 'danger'
  readonly size?: 'normal' | 'small'
}

export function Button({ look = 'plain', size = 'normal', className, type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classes(styles.button, styles[look], styles[size], className)} />
}
