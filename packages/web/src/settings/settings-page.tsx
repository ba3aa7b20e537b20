/** Everything about this account and this browser, on one page. */
import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { useShowDialog } from '../app/use-shell.ts'
import { prefer, usePreferences } from '../app/preferences.ts'
import { countUnsent } from '../messages/order.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { logOut } from '../session/session.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { BlockedSection } from './blocked-section.tsx'
import { InviteSection } from './invite-section.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { ProfileSection } from './profile-section.tsx'
import { Section, SettingRow } from './section.tsx'
import { SecuritySection } from './security-section.tsx'
import { PageMain } from '../ui/page-main.tsx'
import styles from './settings-page.module.css'

/** Answers what went wrong, or null. */
async function leave(): Promise<string | null> {
  const refused = await logOut()
  if (refused !== null) return refusalText(refused)
  // Who logs in next starts at the beginning.
  navigate('/', { replace: true })
  return null
}

export function SettingsPage() {
  const me = useMe()
  const showDialog = useShowDialog()
  const { theme, sendKey } = usePreferences()
  const [leaving, setLeaving] = useState(false)
  const unsent = useClientState((state) => countUnsent(state.conversations))

  return (
    <PageMain className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{m.settings_title()}</h1>
        <ProfileSection />
        <Section title={m.settings_appearance()}>
          <SettingRow label={m.settings_theme()}>
            <Segmented
              label={m.settings_theme()}
              value={theme}
              onChange={(next) => prefer({ theme: next })}
              options={[
                { value: 'system', text: m.settings_theme_system() },
                { value: 'light', text: m.settings_theme_light() },
                { value: 'dark', text: m.settings_theme_dark() },
              ]}
            />
          </SettingRow>
          <SettingRow label={m.settings_language()}>
            <LanguageChoice />
          </SettingRow>
        </Section>
        <Section title={m.settings_writing()}>
          <SettingRow label={m.settings_send_key()}>
            <Segmented
              label={m.settings_send_key()}
              value={sendKey}
              onChange={(next) => prefer({ sendKey: next })}
              options={[
                { value: 'enter', text: 'Enter' },
                { value: 'ctrl-enter', text: 'Ctrl+Enter' },
              ]}
            />
          </SettingRow>
          <SettingRow label={m.settings_keys()}>
            <Button onClick={() => showDialog({ kind: 'keys' })}>{m.settings_keys_show()}</Button>
          </SettingRow>
        </Section>
        <SecuritySection />
        <BlockedSection />
        {me.role === 'admin' && <InviteSection />}
        <Button look="danger" className={styles.leave} onClick={() => setLeaving(true)}>
          {m.settings_log_out()}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={m.settings_log_out_title()}
        detail={m.settings_log_out_detail()}
        warning={unsent === 0 ? null : m.settings_log_out_unsent({ count: unsent })}
        action={m.settings_log_out()}
        onConfirm={leave}
      />
    </PageMain>
  )
}
