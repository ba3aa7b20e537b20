/** People who were found: those one knows, and those one could come to know. */
import type { Person } from '@rookery/protocol'
import { UserRoundPlus } from 'lucide-react'
import { Link } from 'wouter'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import styles from './found.module.css'
import { MarkedText } from './marked-text.tsx'
import type { KnownPerson } from './on-device.ts'

interface PersonHitProps {
  readonly person: KnownPerson
  readonly query: string
  readonly open: number | null
  readonly to: 'chat' | 'profile'
}

export function PersonHit({ person, query, open, to }: PersonHitProps) {
  const { number, name, own, conversation, isContact } = person
  const online = useClientState((state) => state.online.has(number))
  // Those who are no contacts any more have no card.
  const toChat = conversation !== null && (to === 'chat' || !isContact)
  const isOpen = open !== null && open === (toChat ? conversation : number)
  return (
    <Link
      href={toChat ? `/c/${conversation}` : `/contacts/${number}`}
      className={styles.row}
      aria-current={isOpen ? 'page' : undefined}
      data-testid="person-hit"
      data-number={number}
    >
      <Avatar number={number} name={name} size={36} online={online} />
      <span className={styles.text}>
        <span className={styles.name}>
          <MarkedText text={name} query={query} />
          {own !== '' && (
            <span className={styles.own}>
              {' '}
              <MarkedText text={own} query={query} />
            </span>
          )}
        </span>
        <span className={styles.words}>
          <MarkedText text={String(number)} query={query} />
        </span>
      </span>
    </Link>
  )
}

export function NewPersonHit({ person, query }: { readonly person: Person; readonly query: string }) {
  const { number, name, avatar } = person
  const showDialog = useShowDialog()
  return (
    <button
      type="button"
      className={classes(styles.row, styles.new)}
      data-testid="new-person-hit"
      data-number={number}
      aria-label={m.add_action_of({ name })}
      onClick={() => showDialog({ kind: 'ask', person })}
    >
      <Avatar number={number} name={name} size={36} picture={avatar} />
      <span className={styles.text}>
        <span className={styles.name}>
          <MarkedText text={name} query={query} />
        </span>
        <span className={styles.words}>
          <MarkedText text={String(number)} query={query} />
        </span>
      </span>
      <UserRoundPlus size={18} aria-hidden="true" className={styles.action} />
    </button>
  )
}
