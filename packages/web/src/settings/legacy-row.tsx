/** Whether clients of the old campus protocol may log in to this account. */
import type { Answer } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { NeedsConnection } from '../session/needs-connection.tsx'
import { useOffline } from '../session/use-offline.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { Switch } from '../ui/switch.tsx'
import { SettingRow } from './section.tsx'

interface LegacyRowProps {
  /** Told when a change begins and when it is over: switching off ends the sessions of old clients. */
  readonly onChange: (busy: boolean) => void
}

export function LegacyRow({ onChange }: LegacyRowProps) {
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const offline = useOffline()
  const [answer, setAnswer] = useState<Answer<'accounts.readSettings'> | null>(null)

  useEffect(() => {
    if (!online) return
    let wanted = true
    async function read() {
      const next = await client.call('accounts.readSettings', {})
      if (wanted) setAnswer(next)
    }
    void read()
    return () => {
      wanted = false
    }
  }, [client, online])

  async function allow(legacy: boolean) {
    onChange(true)
    setAnswer(await client.call('accounts.allowLegacy', { legacy }))
    onChange(false)
  }

  return (
    <SettingRow label={m.settings_legacy()} detail={m.settings_legacy_detail()}>
      {answer === null && offline && <NeedsConnection />}
      {answer?.ok && (
        <Switch label={m.settings_legacy()} on={answer.value.legacy} onChange={(legacy) => void allow(legacy)} />
      )}
      {answer && !answer.ok && <FormNote kind="problem" text={refusalText(answer.code)} />}
    </SettingRow>
  )
}
