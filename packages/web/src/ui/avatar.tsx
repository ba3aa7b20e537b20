/** Somebody's picture, or a letter on a colour; with a dot when presence is known. Groups have corners. */
import type { ClientState } from '@rookery/client'
import { useState } from 'react'
import { PresenceDot } from '../presence/presence-dot.tsx'
import { useClientState } from '../session/use-session.tsx'
import styles from './avatar.module.css'
import { classes } from './classes.ts'
import { colourOf, initialOf } from './letters.ts'

interface AvatarProps {
  /** The person's number; of a group, its conversation. */
  readonly number: number
  readonly name: string
  readonly size?: 28 | 36 | 44 | 72
  readonly online?: boolean
  /** The name of the picture, where it is somebody whom this device may not know. */
  readonly picture?: string
  readonly shape?: 'person' | 'group'
}

export function Avatar(props: AvatarProps) {
  const { number, name, size = 44, online = false, picture = '', shape = 'person' } = props
  const known = useClientState((state) => (shape === 'group' ? '' : pictureOf(state, number)))
  const shown = known || picture
  return (
    <span
      className={classes(styles.avatar, styles[`size${size}`], shape === 'group' && styles.group)}
      style={{ background: colourOf(number) }}
    >
      <span aria-hidden="true">{initialOf(name)}</span>
      {shown !== '' && <Picture key={shown} name={shown} />}
      {online && <PresenceDot number={number} className={styles.dot} />}
    </span>
  )
}

/** The letter stays where the picture does not come. */
function Picture({ name }: { readonly name: string }) {
  const [state, setState] = useState<'coming' | 'here' | 'missing'>('coming')
  if (state === 'missing') return null
  return (
    <img
      className={styles.picture}
      src={`/avatars/${name}`}
      alt=""
      decoding="async"
      draggable={false}
      data-state={state}
      onLoad={() => setState('here')}
      onError={() => setState('missing')}
    />
  )
}

function pictureOf({ me, settings, contacts, people }: ClientState, number: number): string {
  if (number === me?.number) return settings?.avatar ?? ''
  return contacts.get(number)?.avatar || people.get(number)?.avatar || ''
}
