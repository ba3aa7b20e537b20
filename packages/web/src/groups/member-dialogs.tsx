/** What a member's menu leads to. */
import type { GroupConversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import { useState } from 'react'
import { ProfileCard } from '../contacts/profile-card.tsx'
import { RequestForm } from '../contacts/request-form.tsx'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { memberName } from './member-name.ts'

export interface MemberDialog {
  readonly kind: 'profile' | 'add' | 'hand-over' | 'remove'
  readonly member: MemberRow
}

interface MemberDialogsProps {
  readonly dialog: MemberDialog | null
  readonly conversation: GroupConversation
  readonly onClose: () => void
  readonly onGone: (() => void) | undefined
}

export function MemberDialogs({ dialog, conversation, onClose, onGone }: MemberDialogsProps) {
  const client = useClient()
  /** Stays what it was while a dialog fades. */
  const [last, setLast] = useState(dialog)
  if (dialog !== null && dialog !== last) setLast(dialog)
  const name = useClientState((state) => (last ? memberName(state, last.member) : ''))
  if (last === null) return null
  const { number, avatar } = last.member

  async function act(operation: 'groups.handOver' | 'groups.remove') {
    const { id } = conversation
    const answer =
      operation === 'groups.remove'
        ? await client.call(operation, { conversation: id, numbers: [number] })
        : await client.call(operation, { conversation: id, number })
    return answer.ok ? null : refusalText(answer.code)
  }

  return (
    <>
      <DialogFrame open={dialog?.kind === 'profile'} onClose={onClose} title={m.profile_title()} titleShown={false}>
        <ProfileCard
          number={number}
          name={last.member.name}
          onGone={() => {
            onClose()
            onGone?.()
          }}
        />
      </DialogFrame>
      <DialogFrame open={dialog?.kind === 'add'} onClose={onClose} title={m.add_title()}>
        <RequestForm
          person={{ number, name: last.member.name, signature: '', avatar }}
          onBack={onClose}
          onClose={onClose}
        />
      </DialogFrame>
      <ConfirmDialog
        open={dialog?.kind === 'hand-over'}
        onClose={onClose}
        title={m.group_hand_over_title({ name })}
        detail={m.group_hand_over_detail()}
        action={m.group_hand_over()}
        onConfirm={() => act('groups.handOver')}
      />
      <ConfirmDialog
        open={dialog?.kind === 'remove'}
        onClose={onClose}
        title={m.member_remove_title({ name })}
        detail={m.member_remove_detail()}
        action={m.member_remove()}
        onConfirm={() => act('groups.remove')}
      />
    </>
  )
}
