/** The status among the settings: the way to it where there is no rail. */
import { ChevronDown } from 'lucide-react'
import { useRef, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { SettingRow } from '../settings/section.tsx'
import button from '../ui/button.module.css'
import { classes } from '../ui/classes.ts'
import { FormNote } from '../ui/form-note.tsx'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { Dot } from './presence-dot.tsx'
import { statusText } from './presence-text.ts'
import { StatusChoices } from './status-choices.tsx'
import { useStatus } from './use-status.ts'

export function StatusRow() {
  const [status, setStatus] = useStatus()
  const [problem, setProblem] = useState<string | null>(null)
  const popups = usePopups()
  // Pressed before the menu was here: it opens when it comes.
  const [pressed, setPressed] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const face = (
    <>
      <Dot status={status === 'invisible' ? 'offline' : status} />
      {statusText(status)}
      <ChevronDown size={16} aria-hidden="true" />
    </>
  )
  const looks = {
    className: classes(button.button, button.plain),
    'aria-label': m.status_menu({ status: statusText(status) }),
  }
  return (
    <SettingRow label={m.status_label()} detail={m.status_row_detail()}>
      <FormNote kind="problem" text={problem} />
      <div ref={place} data-testid="my-status">
        {popups === null ? (
          <button type="button" {...looks} onClick={() => setPressed(true)}>
            {face}
          </button>
        ) : (
          <popups.Menu.Root defaultOpen={pressed}>
            <popups.Menu.Trigger {...looks}>{face}</popups.Menu.Trigger>
            <popups.Menu.Portal container={place}>
              <popups.Menu.Positioner side="bottom" align="end" sideOffset={6} className={menu.positioner}>
                <popups.Menu.Popup className={menu.menu}>
                  <StatusChoices Menu={popups.Menu} value={status} onChoose={(next) => void choose(next)} />
                </popups.Menu.Popup>
              </popups.Menu.Positioner>
            </popups.Menu.Portal>
          </popups.Menu.Root>
        )}
      </div>
    </SettingRow>
  )

  async function choose(next: typeof status) {
    const answer = await setStatus(next)
    setProblem(answer.ok ? null : refusalText(answer.code))
  }
}
