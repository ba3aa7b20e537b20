/** Above a run in a group: who speaks, and what they are there. */
import { RoleTag } from '../groups/role-tag.tsx'
import { useClientState } from '../session/use-session.tsx'
import styles from './sender-line.module.css'
import { useRole } from './use-name.ts'

interface SenderLineProps {
  readonly number: number
  readonly name: string
  readonly conversation: number
}

export function SenderLine({ number, name, conversation }: SenderLineProps) {
  const known = useRole(number, conversation)
  const owner = useClientState(({ conversations }) => {
    const held = conversations.get(conversation)
    return held?.kind === 'group' && held.group?.owner === number
  })
  const role = owner ? 'owner' : known
  return (
    <span className={styles.line} aria-hidden="true" data-testid="sender">
      <span className={styles.name}>{name}</span>
      <RoleTag role={role} />
    </span>
  )
}
