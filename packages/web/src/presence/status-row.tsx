/** The status among the settings: the way to it where there is no rail. */
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { SettingRow } from '../settings/section.tsx'
import button from '../ui/button.module.css'
import { classes } from '../ui/classes.ts'
import { FormNote } from '../ui/form-note.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { Dot } from './presence-dot.tsx'
import { statusText } from './presence-text.ts'
import { StatusChoices } from './status-choices.tsx'
import { useStatus } from './use-status.ts'

export function StatusRow() {
  const [status, setStatus] = useStatus()
  const [problem, setProblem] = useState<string | null>(null)
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
      <div data-testid="my-status">
        <MenuButton looks={looks} face={face} side="bottom" align="end" sideOffset={6}>
          {({ Menu }) => <StatusChoices Menu={Menu} value={status} onChoose={(next) => void choose(next)} />}
        </MenuButton>
      </div>
    </SettingRow>
  )

  async function choose(next: typeof status) {
    const answer = await setStatus(next)
    setProblem(answer.ok ? null : refusalText(answer.code))
  }
}
