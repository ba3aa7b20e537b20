/** For administrators: a link with which one person can sign up. */
import type { Answer } from '@rookery/protocol'
import { useState } from 'react'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { Section, SettingRow } from './section.tsx'
import styles from './invite-section.module.css'

export function InviteSection() {
  const client = useClient()
  const locale = useLocale()
  const [answer, setAnswer] = useState<Answer<'tickets.invite'> | null>(null)
  return (
    <Section title={m.settings_admin()}>
      <SettingRow label={m.settings_invite()} detail={m.settings_invite_detail()}>
        <Button onClick={() => void client.call('tickets.invite', {}).then(setAnswer)}>
          {m.settings_invite_make()}
        </Button>
      </SettingRow>
      {answer && (
        <div className={styles.answer}>
          {answer.ok ? (
            <CopyField
              key={answer.value.ticket}
              label={m.settings_invite_link()}
              value={`${location.origin}/join#${answer.value.ticket}`}
              hint={m.settings_invite_until({ time: fullTime(answer.value.expires_at, locale) })}
            />
          ) : (
            <FormNote kind="problem" text={refusalText(answer.code)} />
          )}
        </div>
      )}
    </Section>
  )
}
