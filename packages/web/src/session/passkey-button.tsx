/** Log-in without a name and a password, where the browser can. */
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { passkeySupport } from '../security/passkey-browser.ts'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { entryRefusalText } from './entry-text.ts'
import { logInByPasskey } from './session.ts'

export function PasskeyButton() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (passkeySupport(location).kind !== 'yes') return null

  async function enter() {
    setBusy(true)
    setProblem(null)
    const refusal = await logInByPasskey()
    setBusy(false)
    if (refusal === 'cancelled') setProblem(m.passkey_cancelled())
    else setProblem(refusal && entryRefusalText(refusal))
  }

  return (
    <>
      <FormNote kind="problem" text={problem} />
      <Button disabled={busy} onClick={() => void enter()}>
        <KeyRound size={17} aria-hidden="true" />
        {m.login_passkey()}
      </Button>
    </>
  )
}
