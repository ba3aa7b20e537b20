/** The way between the sections: a rail at the side, tabs at the bottom of a narrow screen. */
import { MessageCircle, Settings, Users, type LucideIcon } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { countIncoming } from '../contacts/sort-contacts.ts'
import { countAsking } from '../groups/sort-groups.ts'
import { totalUnread } from '../messages/order.ts'
import { m } from '../i18n/messages.ts'
import { StatusMenu } from '../presence/status-menu.tsx'
import { useClientState, useMe } from '../session/use-session.tsx'
import { Badge } from '../ui/badge.tsx'
import { classes } from '../ui/classes.ts'
import { useNarrow } from '../ui/use-media-query.ts'
import styles from './rail.module.css'

export function Rail({ hidden }: { readonly hidden: boolean }) {
  const { number } = useMe()
  const narrow = useNarrow()
  const [path] = useLocation()
  const unread = useClientState((state) => totalUnread(state.conversations))
  const requests = useClientState((state) => countIncoming(state.contacts) + countAsking(state.requests, number))
  if (hidden) return null
  return (
    <nav className={styles.rail} aria-label={m.nav_label()}>
      {!narrow && <StatusMenu />}
      <Item
        href="/"
        here={path === '/' || path.startsWith('/c/') || path === '/find'}
        icon={MessageCircle}
        text={m.nav_messages()}
      >
        <Badge count={unread} of={m.list_unread_count()} className={styles.badge} />
      </Item>
      <Item href="/contacts" here={path.startsWith('/contacts')} icon={Users} text={m.nav_contacts()}>
        <Badge count={requests} of={m.contacts_requests()} className={styles.badge} />
      </Item>
      <Item href="/settings" here={path === '/settings'} icon={Settings} text={m.nav_settings()} last />
    </nav>
  )
}

interface ItemProps {
  readonly href: string
  readonly here: boolean
  readonly icon: LucideIcon
  readonly text: string
  readonly last?: boolean
  readonly children?: React.ReactNode
}

function Item({ href, here, icon: Icon, text, last = false, children }: ItemProps) {
  return (
    <Link
      href={href}
      className={classes(styles.item, last && styles.last)}
      aria-current={here ? 'page' : undefined}
      title={text}
    >
      <span className={styles.icon}>
        <Icon size={22} strokeWidth={1.8} aria-hidden="true" />
        {children}
      </span>
      <span className={styles.text}>{text}</span>
    </Link>
  )
}
