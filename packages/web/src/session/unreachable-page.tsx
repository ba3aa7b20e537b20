/** The server gave no answer at the start: keeps trying, and says so. */
import { useEffect, useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { resumeSession } from './session.ts'

const retryMs = 3_000

export function UnreachablePage() {
  const [tries, setTries] = useState(0)

  useEffect(() => {
    const timer = setTimeout(() => void resumeSession().then(() => setTries(tries + 1)), retryMs)
    return () => clearTimeout(timer)
  }, [tries])

  return (
    <EntryFrame title={m.start_unreachable()} detail={m.start_unreachable_detail()}>
      <Button look="primary" onClick={() => void resumeSession()}>
        {m.action_retry()}
      </Button>
    </EntryFrame>
  )
}
