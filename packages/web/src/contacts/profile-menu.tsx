/** What can be done with a contact beside writing to them. */
import type { ContactRow } from '@rookery/protocol'
import { Ban, EllipsisVertical, MessagesSquare, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import iconButton from '../ui/icon-button.module.css'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { ProblemDialog } from '../ui/problem-dialog.tsx'
import styles from './profile-card.module.css'
import { shownName } from './sort-contacts.ts'
import { later } from '../ui/later.tsx'

const CreateDialog = later(async () => (await import('../groups/create-dialog.tsx')).CreateDialog)

interface ProfileMenuProps {
  readonly contact: ContactRow
  readonly onGone: (() => void) | undefined
}

type Doing = 'nothing' | 'group' | 'block' | 'delete'

export function ProfileMenu({ contact, onGone }: ProfileMenuProps) {
  const { peer: number, state, blocked } = contact
  const name = shownName(contact)
  const client = useClient()
  const place = useRef<HTMLDivElement>(null)
  const [doing, setDoing] = useState<Doing>('nothing')
  const [problem, setProblem] = useState<string | null>(null)
  const popups = usePopups()
  if (popups === null) return null
  const { Menu } = popups
  const stop = () => setDoing('nothing')

  async function block(next: boolean): Promise<string | null> {
    const answer = await client.call('contacts.block', { number, blocked: next })
    return answer.ok ? null : refusalText(answer.code)
  }

  async function remove(): Promise<string | null> {
    const answer = await client.call('contacts.remove', { number })
    if (!answer.ok) return refusalText(answer.code)
    onGone?.()
    return null
  }

  return (
    <div ref={place} className={styles.menu}>
      <Menu.Root>
        <Menu.Trigger className={iconButton.button} aria-label={m.profile_more()} title={m.profile_more()}>
          <EllipsisVertical size={20} aria-hidden="true" />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {state === 'friend' && !blocked && (
                <Menu.Item className={menu.item} onClick={() => setDoing('group')}>
                  <MessagesSquare size={16} aria-hidden="true" />
                  {m.profile_make_group()}
                </Menu.Item>
              )}
              <Menu.Item
                className={menu.item}
                onClick={() => (blocked ? void block(false).then(setProblem) : setDoing('block'))}
              >
                <Ban size={16} aria-hidden="true" />
                {blocked ? m.profile_unblock() : m.profile_block()}
              </Menu.Item>
              {state === 'friend' && (
                <Menu.Item className={classes(menu.item, menu.danger)} onClick={() => setDoing('delete')}>
                  <Trash2 size={16} aria-hidden="true" />
                  {m.profile_delete()}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <CreateDialog open={doing === 'group'} members={[number]} onClose={stop} />
      <ConfirmDialog
        open={doing === 'block'}
        onClose={stop}
        title={m.profile_block_title({ name })}
        detail={m.profile_block_detail()}
        action={m.profile_block()}
        onConfirm={() => block(true)}
      />
      <ConfirmDialog
        open={doing === 'delete'}
        onClose={stop}
        title={m.profile_delete_title({ name })}
        detail={m.profile_delete_detail()}
        action={m.profile_delete()}
        onConfirm={remove}
      />
      <ProblemDialog problem={problem} onClose={() => setProblem(null)} />
    </div>
  )
}
