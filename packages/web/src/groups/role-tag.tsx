/** Says who owns a group and who helps to run it; of members there is nothing to say. */
import type { GroupRole } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import styles from './role-tag.module.css'

export function RoleTag({ role }: { readonly role: GroupRole }) {
  if (role === 'member') return null
  return (
    <span className={styles.tag} data-role={role}>
      {role === 'owner' ? m.group_role_owner() : m.group_role_admin()}
    </span>
  )
}
