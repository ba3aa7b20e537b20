/** The group's picture, name and number. */
import type { GroupConversation } from '@rookery/client'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './group-head.module.css'

export function GroupHead({ conversation: { id, name } }: { readonly conversation: GroupConversation }) {
  return (
    <div className={styles.head}>
      <Avatar number={id} name={name} shape="group" />
      <div className={styles.text}>
        <h2 className={styles.name}>{name}</h2>
        <p className={styles.number}>
          {m.group_number()} <span className={styles.digits}>{id}</span>
        </p>
      </div>
    </div>
  )
}
