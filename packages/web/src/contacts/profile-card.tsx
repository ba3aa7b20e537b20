/** Somebody's card: who it is, and what can be done with them. */
import { MessageCircle, Trash2, UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useShowDialog } from '../app/use-shell.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { findByPeer } from '../messages/order.ts'
import { m } from '../paraglide/messages.js'
import { useOffline } from '../session/use-offline.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { colourOf } from '../ui/letters.ts'
import styles from './profile-card.module.css'

interface ProfileCardProps {
  readonly number: number
  readonly name: string
  /** Shown with the chat, which itself leads to a message, and back to each other. */
  readonly inChat?: boolean
  readonly onDeleted?: () => void
}

export function ProfileCard({ number, name, inChat = false, onDeleted }: ProfileCardProps) {
  const client = useClient()
  const [, go] = useLocation()
  const showDialog = useShowDialog()
  const state = useClientState(({ contacts }) => contacts.get(number)?.state ?? 'none')
  const offline = useOffline()
  const online = useClientState((all) => all.online.has(number)) && !offline
  const conversation = useClientState(({ conversations }) => findByPeer(conversations, number)?.id ?? null)
  const [deleting, setDeleting] = useState(false)

  async function remove() {
    const answer = await client.call('contacts.remove', { number })
    if (!answer.ok) return refusalText(answer.code)
    onDeleted?.()
    return null
  }

  return (
    <div className={styles.card} data-testid="profile">
      <div className={styles.cover} style={{ background: colourOf(number) }} />
      <div className={styles.avatar}>
        <Avatar number={number} name={name} size={72} online={online} />
      </div>
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.presence}>{presenceText(online, offline)}</p>
      <dl className={styles.facts}>
        <dt>{m.profile_number()}</dt>
        <dd data-testid="profile-number">{number}</dd>
      </dl>
      <div className={styles.actions}>
        {conversation !== null && !inChat && (
          <Button look="primary" onClick={() => go(`/c/${conversation}`)}>
            <MessageCircle size={17} aria-hidden="true" />
            {m.profile_message()}
          </Button>
        )}
        {state === 'friend' && (
          <Button look="danger" onClick={() => setDeleting(true)}>
            <Trash2 size={17} aria-hidden="true" />
            {m.profile_delete()}
          </Button>
        )}
        {state === 'none' && !inChat && (
          <Button onClick={() => showDialog({ kind: 'add', query: String(number) })}>
            <UserRoundPlus size={17} aria-hidden="true" />
            {m.profile_add()}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={m.profile_delete_title({ name })}
        detail={m.profile_delete_detail()}
        action={m.profile_delete()}
        onConfirm={remove}
      />
    </div>
  )
}

function presenceText(online: boolean, offline: boolean): string {
  if (offline) return m.presence_unknown()
  return online ? m.presence_online() : m.presence_offline()
}
