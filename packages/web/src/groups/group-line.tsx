/** A group that one is not in: its picture, its name, how many are in it. */
import type { FoundGroup } from '@rookery/protocol'
import type { ReactNode } from 'react'
import styles from '../contacts/find-people.module.css'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'

interface GroupLineProps {
  readonly group: FoundGroup
  readonly children?: ReactNode
}

export function GroupLine({ group: { conversation, name, members }, children }: GroupLineProps) {
  return (
    <div className={styles.person} data-testid="found-group" data-group={conversation}>
      <Avatar number={conversation} name={name} shape="group" />
      <span className={styles.text}>
        <span className={styles.name}>{name}</span>
        <span className={styles.number}>{m.group_number_members({ number: conversation, count: members })}</span>
      </span>
      {children}
    </div>
  )
}
