/** `/c/ID/info`: all about a group, as a page of its own on a narrow screen; elsewhere it stands beside the chat. */
import { ArrowLeft, MessageCircleOff } from 'lucide-react'
import { Redirect, useLocation } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { HoldContext, useHold } from '../ui/hold.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { PageMain } from '../ui/page-main.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { GroupPanel } from './group-panel.tsx'
import styles from './group-page.module.css'

export function GroupPage({ id }: { readonly id: number }) {
  const [, go] = useLocation()
  const narrow = useNarrow()
  const conversation = useClientState((state) => state.conversations.get(id))
  const synced = useClientState((state) => state.synced)
  const [held, hold] = useHold()
  if (!(narrow || held) || conversation?.kind === 'direct') return <Redirect to={`/c/${id}`} replace />
  return (
    <PageMain className={styles.page}>
      <div className={styles.bar}>
        <IconButton label={m.action_back()} onClick={() => go(`/c/${id}`)}>
          <ArrowLeft size={22} aria-hidden="true" />
        </IconButton>
        <h1>{m.group_info()}</h1>
      </div>
      {conversation && (
        <HoldContext value={hold}>
          <GroupPanel conversation={conversation} onLeft={() => go('/', { replace: true })} />
        </HoldContext>
      )}
      {!conversation && synced && <EmptyState icon={MessageCircleOff} text={m.chat_missing()} />}
    </PageMain>
  )
}
