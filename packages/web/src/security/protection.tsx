/** What stands besides the password: the second factor and the passkeys. */
import { refusalText } from '../i18n/refusal-text.ts'
import { NeedsConnection } from '../session/needs-connection.tsx'
import { useOffline } from '../session/use-offline.ts'
import { FormNote } from '../ui/form-note.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { SecondFactorRow } from './second-factor-row.tsx'
import { useSecurity } from './use-security.ts'

export function Protection() {
  const { answer, refresh } = useSecurity()
  const offline = useOffline()
  if (answer === null) return offline ? <NeedsConnection /> : null
  if (!answer.ok) return <FormNote kind="problem" text={refusalText(answer.code)} />
  return (
    <>
      <SecondFactorRow security={answer.value} refresh={refresh} />
      <PasskeyList security={answer.value} refresh={refresh} />
    </>
  )
}
