/** The four statuses as items of a menu. */
import type { Status } from '@rookery/protocol'
import { Check } from 'lucide-react'
import type { usePopups } from '../ui/popups.ts'
import menu from '../ui/menu.module.css'
import { classes } from '../ui/classes.ts'
import { Dot } from './presence-dot.tsx'
import { statusDetail, statuses, statusText } from './presence-text.ts'
import styles from './presence.module.css'

interface StatusChoicesProps {
  readonly Menu: NonNullable<ReturnType<typeof usePopups>>['Menu']
  readonly value: Status
  readonly onChoose: (status: Status) => void
}

export function StatusChoices({ Menu, value, onChoose }: StatusChoicesProps) {
  return (
    <Menu.RadioGroup value={value} onValueChange={onChoose}>
      {statuses.map((status) => (
        <Menu.RadioItem key={status} value={status} className={classes(menu.item, styles.choice)} closeOnClick>
          <Dot status={status === 'invisible' ? 'offline' : status} />
          <span className={styles.text}>
            <span>{statusText(status)}</span>
            <span className={styles.detail}>{statusDetail(status)}</span>
          </span>
          <span className={menu.tick}>
            <Menu.RadioItemIndicator>
              <Check size={16} aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </span>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}
