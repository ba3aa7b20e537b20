/** An empty list of conversations, and the way out of it. */
import { AtSign, CheckCheck, MessageCircle, Users } from 'lucide-react'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import type { Filter } from './filter.ts'

interface NoConversationsProps {
  readonly filter: Filter
  readonly onShowAll: () => void
}

export function NoConversations({ filter, onShowAll }: NoConversationsProps) {
  const showDialog = useShowDialog()
  switch (filter) {
    case 'all':
      return (
        <EmptyState icon={MessageCircle} text={m.list_empty()}>
          <Button look="primary" onClick={() => showDialog({ kind: 'add', query: '' })}>
            {m.add_title()}
          </Button>
        </EmptyState>
      )
    case 'mentions':
      return (
        <EmptyState icon={AtSign} text={m.list_empty_mentions()}>
          <Button onClick={onShowAll}>{m.list_show_all()}</Button>
        </EmptyState>
      )
    case 'groups':
      return (
        <EmptyState icon={Users} text={m.list_empty_groups()}>
          <Button onClick={onShowAll}>{m.list_show_all()}</Button>
        </EmptyState>
      )
    case 'unread':
      return (
        <EmptyState icon={CheckCheck} text={m.list_empty_unread()}>
          <Button onClick={onShowAll}>{m.list_show_all()}</Button>
        </EmptyState>
      )
  }
}
