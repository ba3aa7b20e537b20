/** The lines of a member's menu, by the roles of both. */
import type { GroupConversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import {
  ContactRound,
  Crown,
  Mic,
  ShieldCheck,
  ShieldOff,
  UserRoundMinus,
  UserRoundPlus,
  type LucideIcon,
} from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import menu from '../ui/menu.module.css'
import type { MenuParts } from '../ui/popups.ts'
import { useNow } from '../ui/use-now.ts'
import type { MemberDialog } from './member-dialogs.tsx'
import { outranks } from './roles.ts'
import { SilenceMenu } from './silence-menu.tsx'

interface MemberMenuItemsProps {
  readonly member: MemberRow
  readonly conversation: GroupConversation
  readonly parts: MenuParts
  readonly onDialog: (kind: MemberDialog['kind']) => void
  readonly onRole: (role: 'admin' | 'member') => void
  readonly onSilence: (until: number) => void
}

export function MemberMenuItems({ member, conversation, parts, onDialog, onRole, onSilence }: MemberMenuItemsProps) {
  const me = useMe()
  const now = useNow()
  const { number, role, silenced_until } = member
  const isSelf = number === me.number
  const isStranger = useClientState((state) => (state.contacts.get(number)?.state ?? 'none') === 'none') && !isSelf
  const isAbove = outranks(conversation.role, role) && !isSelf
  const isOwner = conversation.role === 'owner' && !isSelf
  const silenced = silenced_until > now
  const toRole = role === 'admin' ? 'member' : 'admin'
  return (
    <>
      <Line parts={parts} icon={ContactRound} text={m.member_profile()} onClick={() => onDialog('profile')} />
      {isStranger && <Line parts={parts} icon={UserRoundPlus} text={m.add_title()} onClick={() => onDialog('add')} />}
      {isOwner && (
        <>
          <Line
            parts={parts}
            icon={toRole === 'admin' ? ShieldCheck : ShieldOff}
            text={toRole === 'admin' ? m.member_make_admin() : m.member_unmake_admin()}
            onClick={() => onRole(toRole)}
          />
          <Line parts={parts} icon={Crown} text={m.group_hand_over()} onClick={() => onDialog('hand-over')} />
        </>
      )}
      {isAbove && (
        <>
          {silenced ? (
            <Line parts={parts} icon={Mic} text={m.member_unsilence()} onClick={() => onSilence(0)} />
          ) : (
            <SilenceMenu parts={parts} onSilence={onSilence} />
          )}
          <Line
            parts={parts}
            icon={UserRoundMinus}
            text={m.member_remove()}
            danger
            onClick={() => onDialog('remove')}
          />
        </>
      )}
    </>
  )
}

interface LineProps {
  readonly parts: MenuParts
  readonly icon: LucideIcon
  readonly text: string
  readonly danger?: boolean
  readonly onClick: () => void
}

function Line({ parts: { Menu }, icon: Icon, text, danger = false, onClick }: LineProps) {
  return (
    <Menu.Item className={classes(menu.item, danger && menu.danger)} onClick={onClick}>
      <Icon size={16} aria-hidden="true" />
      {text}
    </Menu.Item>
  )
}
