/** What one is called in a group. */
import type { GroupConversation } from '@rookery/client'
import { LIMITS } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { useClient } from '../session/use-session.tsx'
import { LineDialog } from '../ui/line-dialog.tsx'

interface NicknameDialogProps {
  readonly open: boolean
  readonly conversation: GroupConversation
  readonly onClose: () => void
}

export function NicknameDialog({ open, conversation: { id, nickname }, onClose }: NicknameDialogProps) {
  const client = useClient()
  return (
    <LineDialog
      open={open}
      onClose={onClose}
      title={m.group_nickname()}
      label={m.group_nickname()}
      hint={m.group_nickname_hint()}
      value={nickname}
      maxLength={LIMITS.remarkLength}
      onSave={async (next) => {
        const answer = await client.call('groups.setNickname', { conversation: id, nickname: next })
        return answer.ok ? null : refusalText(answer.code)
      }}
    />
  )
}
