/** What can be done with a member: one menu for the whole list, beside the row that was pressed. */
import type { GroupConversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import { useState, type RefObject } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { useClient } from '../session/use-session.tsx'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { ProblemDialog } from '../ui/problem-dialog.tsx'
import { MemberDialogs, type MemberDialog } from './member-dialogs.tsx'
import { MemberMenuItems } from './member-menu-items.tsx'

export interface ChosenMember {
  readonly member: MemberRow
  readonly anchor: HTMLElement
}

interface MemberMenuProps {
  readonly chosen: ChosenMember | null
  readonly conversation: GroupConversation
  readonly place: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly onGone: (() => void) | undefined
}

export function MemberMenu({ chosen, conversation, place, onClose, onGone }: MemberMenuProps) {
  const client = useClient()
  const popups = usePopups()
  const [dialog, setDialog] = useState<MemberDialog | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  /** Stays what it was while the menu fades. */
  const [last, setLast] = useState(chosen)
  if (chosen !== null && chosen !== last) setLast(chosen)
  if (popups === null) return null
  const { Menu } = popups
  const number = last?.member.number ?? 0

  async function setRole(role: 'admin' | 'member') {
    const answer = await client.call('groups.setRole', { conversation: conversation.id, number, role })
    if (!answer.ok) setProblem(refusalText(answer.code))
  }

  async function silence(until: number) {
    const answer = await client.call('groups.silence', { conversation: conversation.id, number, until })
    if (!answer.ok) setProblem(refusalText(answer.code))
  }

  return (
    <>
      <Menu.Root open={chosen !== null} onOpenChange={(open) => !open && onClose()}>
        <Menu.Portal container={place}>
          <Menu.Positioner anchor={last?.anchor ?? null} side="bottom" align="end" className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {last && (
                <MemberMenuItems
                  member={last.member}
                  conversation={conversation}
                  parts={popups}
                  onDialog={(kind) => setDialog({ kind, member: last.member })}
                  onRole={(role) => void setRole(role)}
                  onSilence={(until) => void silence(until)}
                />
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <MemberDialogs dialog={dialog} conversation={conversation} onClose={() => setDialog(null)} onGone={onGone} />
      <ProblemDialog problem={problem} onClose={() => setProblem(null)} />
    </>
  )
}
