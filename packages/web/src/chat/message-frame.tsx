/** One place in the list: where a message is pointed at, chosen, and asked what can be done with it. */
import { memo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { LIMITS } from '@rookery/protocol'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { classes } from '../ui/classes.ts'
import { useLongPress } from '../ui/use-long-press.ts'
import { toggleChosen, useChosen, useDesk, type Anchor } from './desk.ts'
import type { Delivery } from './items.ts'
import styles from './message-frame.module.css'
import { MessageTools } from './message-tools.tsx'

interface MessageFrameProps {
  readonly seq: number | null
  readonly delivery: Delivery
  /** The newest: where the Tab key leads. */
  readonly isLast: boolean
  /** Whether an answer to it can be written. */
  readonly answerable: boolean
  /** Whether it can be forwarded, and so chosen. */
  readonly choosable: boolean
  /** Jumped to just now. */
  readonly flash: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
}

export const MessageFrame = memo(function MessageFrame(props: MessageFrameProps) {
  const { seq, delivery, isLast, answerable, choosable, flash, className, children } = props
  useLocale()
  const desk = useDesk()
  const row = useRef<HTMLDivElement>(null)
  const chosen = useChosen(seq)
  const selecting = chosen !== null
  /** The tools are there once a mouse was: most messages are only read. */
  const [pointed, setPointed] = useState(false)
  const press = useLongPress((x, y) => open({ x, y }))

  function open(anchor: Anchor) {
    if (seq !== null && !selecting) desk.opened.set({ kind: 'menu', seq, anchor, at: performance.now() })
  }

  function toggle() {
    if (seq !== null && choosable) toggleChosen(desk, seq, LIMITS.forwarded)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') focusNext(event)
    else if (selecting && (event.key === ' ' || event.key === 'Enter')) toggle()
    else if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))
      open(row.current?.querySelector('[data-body]') ?? event.currentTarget)
    else return
    event.preventDefault()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a message has a menu
    <div
      ref={row}
      // One stop of the Tab key for the whole list; the arrow keys go on from there.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a message has a menu
      tabIndex={isLast ? 0 : -1}
      className={classes(styles.frame, flash && styles.flash, selecting && styles.selecting, className)}
      data-testid="message"
      data-seq={seq ?? undefined}
      data-state={delivery}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setPointed(true)}
      onContextMenu={(event) => {
        // A link or a marked text has the browser's own menu.
        if (seq === null || selecting || isMarked()) return
        event.preventDefault()
        open({ x: event.clientX, y: event.clientY })
      }}
      {...(selecting ? { onClick: toggle } : press)}
    >
      {selecting && !choosable && <span className={styles.check} />}
      {selecting && choosable && (
        <input
          type="checkbox"
          className={styles.check}
          checked={chosen}
          aria-label={m.select_one()}
          tabIndex={-1}
          onChange={toggle}
          onClick={(event) => event.stopPropagation()}
        />
      )}
      {children}
      {seq !== null && !selecting && (
        <span className={styles.tools} data-tools>
          {pointed && <MessageTools seq={seq} answerable={answerable} onMore={open} />}
        </span>
      )}
    </div>
  )
})

function isMarked(): boolean {
  return getSelection()?.isCollapsed === false
}

/** The message above or below, over whatever stands between them. */
function focusNext({ currentTarget, key }: KeyboardEvent): void {
  const rows = [...(currentTarget.closest('[role=list]')?.querySelectorAll<HTMLElement>('[data-testid=message]') ?? [])]
  const at = rows.findIndex((row) => row === currentTarget)
  const next = rows[at + (key === 'ArrowUp' ? -1 : 1)]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
