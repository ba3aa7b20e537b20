/** Somebody's card: who it is, and what can be done with them. */
import { MessageCircle, UserRoundPlus } from 'lucide-react'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { openChatWindow } from '../chat/open-window.ts'
import { findByPeer } from '../messages/order.ts'
import { m } from '../i18n/messages.ts'
import { HiddenRow } from '../presence/hidden-row.tsx'
import { PresenceLine } from '../presence/presence-line.tsx'
import { useOffline } from '../session/use-offline.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { colourOf } from '../ui/letters.ts'
import { AskButton } from './ask-button.tsx'
import styles from './profile-card.module.css'
import { ProfileFacts } from './profile-facts.tsx'
import { ProfileMenu } from './profile-menu.tsx'

interface ProfileCardProps {
  readonly number: number
  readonly name: string
  /** Shown with the chat, which itself leads to a message, and back to each other. */
  readonly inChat?: boolean
  /** The contact was deleted, or another page opened: the card is not needed any more. */
  readonly onGone?: () => void
}

export function ProfileCard({ number, name: given, inChat = false, onGone }: ProfileCardProps) {
  const client = useClient()
  const me = useMe()
  const [, go] = useLocation()
  const contact = useClientState(({ contacts }) => contacts.get(number))
  const person = useClientState(({ people }) => people.get(number))
  const offline = useOffline()
  const online = useClientState((all) => all.online.has(number)) && !offline
  const conversation = useClientState(({ conversations }) => findByPeer(conversations, number)?.id ?? null)
  useEffect(() => client.know([number]), [client, number])
  const state = contact?.state ?? 'none'
  const isSelf = number === me.number
  const own = contact?.name || person?.name || given
  const name = contact?.remark || own
  const signature = contact?.signature || person?.signature || ''

  function write(id: number) {
    onGone?.()
    if (location.pathname.startsWith('/w/')) openChatWindow(id)
    else go(`/c/${id}`)
  }

  return (
    <div className={styles.card} data-testid="profile">
      <div className={styles.cover} style={{ background: colourOf(number) }} />
      <div className={styles.avatar}>
        <Avatar number={number} name={name} size={72} online={online} />
      </div>
      {contact && !isSelf && <ProfileMenu contact={contact} onGone={onGone} />}
      <h2 className={styles.name}>{name}</h2>
      <PresenceLine number={number} />
      {signature !== '' && <p className={styles.signature}>{signature}</p>}
      <ProfileFacts number={number} own={own} contact={contact} />
      {state === 'friend' && <HiddenRow number={number} name={name} />}
      <div className={styles.actions}>
        {conversation !== null && !inChat && !isSelf && (
          <Button look="primary" onClick={() => write(conversation)}>
            <MessageCircle size={17} aria-hidden="true" />
            {m.profile_message()}
          </Button>
        )}
        {state === 'none' && !inChat && !isSelf && !contact?.blocked && (
          <AskButton person={{ number, name: own, signature, avatar: person?.avatar ?? contact?.avatar ?? '' }}>
            <UserRoundPlus size={17} aria-hidden="true" />
            {m.profile_add()}
          </AskButton>
        )}
      </div>
    </div>
  )
}
