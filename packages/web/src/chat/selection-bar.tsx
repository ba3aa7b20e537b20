/** Stands where the composer was while messages are chosen: what can be done with them. */
import { Forward, Layers } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { stopDoing, useDesk } from './desk.ts'
import styles from './selection-bar.module.css'

export function SelectionBar({ seqs }: { readonly seqs: ReadonlySet<number> }) {
  const desk = useDesk()
  const none = seqs.size === 0

  function forward(merged: boolean) {
    desk.opened.set({ kind: 'forward', seqs: [...seqs].sort((a, b) => a - b), merged })
  }

  return (
    <div className={styles.bar} role="toolbar" aria-label={m.select_bar()} data-testid="selection-bar">
      <p className={styles.count} role="status">
        {m.select_count({ count: seqs.size })}
      </p>
      <Button disabled={none} onClick={() => forward(false)}>
        <Forward size={16} aria-hidden="true" />
        {m.forward_each()}
      </Button>
      <Button disabled={none} onClick={() => forward(true)}>
        <Layers size={16} aria-hidden="true" />
        {m.forward_merged()}
      </Button>
      <Button onClick={() => stopDoing(desk)}>{m.action_cancel()}</Button>
    </div>
  )
}
