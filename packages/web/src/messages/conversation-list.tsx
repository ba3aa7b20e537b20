/** Conversations under each other; only those in sight are drawn. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Conversation } from '@rookery/client'
import type { Anchor } from '../chat/desk.ts'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { ConversationRow } from './conversation-row.tsx'
import styles from './conversation-list.module.css'
import { RowMenu } from './row-menu.tsx'

interface ConversationListProps {
  readonly conversations: readonly Conversation[]
  readonly open: number | null
}

export function ConversationList({ conversations, open }: ConversationListProps) {
  const online = useClientState((state) => state.online)
  const list = useRef<VListHandle>(null)
  const place = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ readonly id: number; readonly anchor: Anchor; readonly at: number } | null>(null)
  const openMenu = useCallback((id: number, anchor: Anchor) => setMenu({ id, anchor, at: performance.now() }), [])
  const show = useEffectEvent((id: number) => {
    const index = conversations.findIndex((one) => one.id === id)
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' })
  })
  useEffect(() => {
    if (open !== null) show(open)
  }, [open])

  // What is written to moves to the top, and so does the view.
  const writing = conversations.find(({ id }) => id === open)?.pending.at(-1)?.id
  useEffect(() => {
    if (writing !== undefined) list.current?.scrollToIndex(0)
  }, [writing])

  return (
    <div ref={place} className={styles.place}>
      <VList
        ref={list}
        className={styles.list}
        data={conversations}
        bufferSize={900}
        role="list"
        aria-label={m.list_label()}
        data-testid="conversations"
      >
        {(conversation, index) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            online={conversation.kind === 'direct' && online.has(conversation.peer)}
            open={conversation.id === open}
            position={index + 1}
            total={conversations.length}
            onMenu={openMenu}
          />
        )}
      </VList>
      {menu && <RowMenu key={menu.at} id={menu.id} anchor={menu.anchor} place={place} onClosed={() => setMenu(null)} />}
    </div>
  )
}
