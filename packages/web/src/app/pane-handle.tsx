/** The edge of the list: dragged, or moved by the arrow keys. */
import { clampListWidth, listWidths, prefer, usePreferences } from './preferences.ts'
import { m } from '../i18n/messages.ts'
import styles from './pane-handle.module.css'

const step = 16

function resize(width: number): void {
  prefer({ listWidth: clampListWidth(width) })
}

export function PaneHandle() {
  const { listWidth } = usePreferences()
  return (
    <div
      className={styles.handle}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={m.list_resize()}
      aria-valuenow={listWidth}
      aria-valuemin={listWidths.least}
      aria-valuemax={listWidths.most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const pane = event.currentTarget.parentElement?.getBoundingClientRect()
        if (pane) resize(event.clientX - pane.left)
      }}
      onDoubleClick={() => resize(listWidths.usual)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') resize(listWidth - step)
        if (event.key === 'ArrowRight') resize(listWidth + step)
      }}
    />
  )
}
