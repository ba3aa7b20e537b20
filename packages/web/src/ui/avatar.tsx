/** Somebody's picture: a letter on a colour, with a dot when presence is known. */
import { m } from '../paraglide/messages.js'
import styles from './avatar.module.css'
import { classes } from './classes.ts'
import { colourOf, initialOf } from './letters.ts'

interface AvatarProps {
  readonly number: number
  readonly name: string
  readonly size?: 28 | 36 | 44 | 72
  readonly online?: boolean
}

export function Avatar({ number, name, size = 44, online = false }: AvatarProps) {
  return (
    <span className={classes(styles.avatar, styles[`size${size}`])} style={{ background: colourOf(number) }}>
      <span aria-hidden="true">{initialOf(name)}</span>
      {online && <span className={styles.dot} role="img" aria-label={m.presence_online()} />}
    </span>
  )
}
