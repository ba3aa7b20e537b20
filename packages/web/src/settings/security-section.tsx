/** The password, what stands besides it, the old clients, and the devices: who gets into this account. */
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { DeviceList } from './device-list.tsx'
import { LegacyRow } from './legacy-row.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { Protection } from '../security/protection.tsx'
import { Section, SettingRow } from './section.tsx'

/** What is going on here that signs other devices out. */
type Doing = 'nothing' | 'password' | 'legacy'

export function SecuritySection() {
  const [doing, setDoing] = useState<Doing>('nothing')
  return (
    <Section title={m.settings_security()}>
      <SettingRow label={m.settings_password()} detail={m.settings_password_detail()}>
        <Button onClick={() => setDoing('password')}>{m.settings_change_password()}</Button>
      </SettingRow>
      <Protection />
      <LegacyRow onChange={(busy) => setDoing(busy ? 'legacy' : 'nothing')} />
      <DeviceList stale={doing !== 'nothing'} />
      <PasswordDialog open={doing === 'password'} onClose={() => setDoing('nothing')} />
    </Section>
  )
}
