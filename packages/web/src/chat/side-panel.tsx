/** The friend's card beside the chat, where there is room for it. */
import { ProfileCard } from '../contacts/profile-card.tsx'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { useWide } from '../ui/use-media-query.ts'
import styles from './side-panel.module.css'

export function SidePanel({ id }: { readonly id: number }) {
  const wide = useWide()
  const conversation = useClientState((state) => state.conversations.get(id))
  if (!wide || conversation === undefined) return null
  const { peer, name } = conversation
  return (
    <aside className={styles.panel} aria-label={m.profile_title()} data-testid="side-panel">
      <ProfileCard number={peer} name={name} inChat />
    </aside>
  )
}
