/** Finds groups by their name or number. */
import type { ErrorCode, FoundGroup } from '@rookery/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Finder } from '../contacts/finder.tsx'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { GroupLine } from './group-line.tsx'
import { JoinForm } from './join-form.tsx'

interface FindDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function FindDialog({ open, onClose }: FindDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_find()}>
      <FindSteps onClose={onClose} />
    </DialogFrame>
  )
}

/** Inside the dialog, so that every opening starts anew. */
function FindSteps({ onClose }: { readonly onClose: () => void }) {
  const [group, setGroup] = useState<FoundGroup | null>(null)
  return group ? <JoinForm group={group} onClose={onClose} /> : <Find onJoin={setGroup} onClose={onClose} />
}

interface FindProps {
  readonly onJoin: (group: FoundGroup) => void
  readonly onClose: () => void
}

function Find({ onJoin, onClose }: FindProps) {
  const client = useClient()

  async function find(query: string): Promise<readonly FoundGroup[] | ErrorCode> {
    const answer = await client.call('groups.find', { query })
    return answer.ok ? answer.value.groups : answer.code
  }

  return (
    <Finder label={m.group_find_query()} hint={m.group_find_hint()} none={m.group_find_none()} find={find}>
      {(group) => (
        <li key={group.conversation}>
          <GroupLine group={group}>
            <FoundAction group={group} onJoin={onJoin} onClose={onClose} />
          </GroupLine>
        </li>
      )}
    </Finder>
  )
}

function FoundAction({ group, onJoin, onClose }: FindProps & { readonly group: FoundGroup }) {
  const { conversation, name } = group
  const [, go] = useLocation()
  const isIn = useClientState(({ conversations }) => conversations.has(conversation))
  if (!isIn)
    return (
      <Button look="primary" size="small" aria-label={m.group_join_of({ name })} onClick={() => onJoin(group)}>
        {m.group_join()}
      </Button>
    )
  return (
    <Button
      size="small"
      onClick={() => {
        onClose()
        go(`/c/${conversation}`)
      }}
    >
      {m.group_open()}
    </Button>
  )
}
