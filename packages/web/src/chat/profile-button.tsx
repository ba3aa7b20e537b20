/** The friend's picture in the header, and the card behind it. */
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import styles from './chat-header.module.css'
import { later } from '../ui/later.tsx'

const ProfileCard = later(async () => (await import('../contacts/profile-card.tsx')).ProfileCard)

interface ProfileButtonProps {
  readonly number: number
  readonly name: string
}

export function ProfileButton({ number, name }: ProfileButtonProps) {
  const [shown, setShown] = useState(false)
  const close = () => setShown(false)
  return (
    <>
      <button
        type="button"
        className={styles.profile}
        aria-label={m.chat_profile({ name })}
        title={m.chat_profile({ name })}
        onClick={() => setShown(true)}
      >
        <Avatar number={number} name={name} size={36} />
      </button>
      <DialogFrame open={shown} onClose={close} title={m.profile_title()} titleShown={false}>
        <ProfileCard number={number} name={name} inChat onGone={close} />
      </DialogFrame>
    </>
  )
}
