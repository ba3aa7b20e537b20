/** Goes to what was said on a day: the first message of it, or the first after it. */
import type { Conversation } from '@rookery/client'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import iconButton from '../ui/icon-button.module.css'
import popover from '../ui/popover.module.css'
import { usePopups } from '../ui/popups.ts'
import { showToast } from '../ui/toast.tsx'
import { monthDays } from './calendar.ts'
import styles from './date-jump.module.css'

interface DateJumpProps {
  readonly conversation: Conversation
  readonly onJump: (seq: number) => void
}

export function DateJump({ conversation, onJump }: DateJumpProps) {
  const client = useClient()
  const popups = usePopups()
  const place = useRef<HTMLSpanElement>(null)
  const [open, setOpen] = useState(false)

  async function go(day: Date) {
    setOpen(false)
    const answer = await client.call('messages.locate', { conversation: conversation.id, at: day.getTime() })
    if (answer.ok) onJump(answer.value.seq)
    else showToast(refusalText(answer.code))
  }

  if (popups === null) return null
  const { Popover } = popups
  return (
    <span ref={place}>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className={iconButton.button} aria-label={m.date_jump()} title={m.date_jump()}>
          <CalendarDays size={19} aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal container={place}>
          <Popover.Positioner
            side="bottom"
            align="end"
            sideOffset={4}
            collisionPadding={8}
            className={popover.positioner}
          >
            <Popover.Popup className={popover.popup}>
              <Popover.Title className="visually-hidden">{m.date_jump()}</Popover.Title>
              <Calendar onPick={(day) => void go(day)} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </span>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function Calendar({ onPick }: { readonly onPick: (day: Date) => void }) {
  const locale = useLocale()
  const today = new Date()
  const [{ year, month }, setMonth] = useState({ year: today.getFullYear(), month: today.getMonth() })
  const grid = useRef<HTMLDivElement>(null)
  const days = monthDays(year, month)
  const isLast = year === today.getFullYear() && month === today.getMonth()
  const title = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }).format(new Date(year, month))
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'narrow' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })

  function turn(by: number) {
    const next = new Date(year, month + by)
    setMonth({ year: next.getFullYear(), month: next.getMonth() })
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    if (step === undefined) return
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((one) => one === document.activeElement)
    buttons[at + step]?.focus()
    event.preventDefault()
  }

  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <IconButton label={m.date_previous()} onClick={() => turn(-1)}>
          <ChevronLeft size={18} aria-hidden="true" />
        </IconButton>
        <span aria-live="polite" className={styles.title}>
          {title}
        </span>
        <IconButton label={m.date_next()} disabled={isLast} onClick={() => turn(1)}>
          <ChevronRight size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles.grid} aria-hidden="true">
        {days.slice(0, 7).map((day) => (
          <span key={day.getTime()} className={styles.weekday}>
            {weekday.format(day)}
          </span>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrow keys move among its buttons */}
      <div ref={grid} className={styles.grid} onKeyDown={onKeyDown}>
        {days.map((day) => (
          <button
            key={day.getTime()}
            type="button"
            className={styles.day}
            aria-label={full.format(day)}
            aria-current={day.toDateString() === today.toDateString() ? 'date' : undefined}
            data-outside={day.getMonth() !== month}
            disabled={day > today}
            onClick={() => onPick(day)}
          >
            {day.getDate()}
          </button>
        ))}
      </div>
    </div>
  )
}
