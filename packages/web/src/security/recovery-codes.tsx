/** Recovery codes, shown once: to be copied, downloaded, written down. */
import { Download } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { useMe } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import frame from '../ui/dialog-frame.module.css'
import styles from './security.module.css'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

/** A download reads its address only after the click is over. */
const keptMs = 10_000

export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { number } = useMe()
  const text = `${m.factor_codes_list({ number })}\n\n${codes.join('\n')}\n`

  function download() {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `rookery-${number}.txt`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), keptMs)
  }

  return (
    <div className={frame.body}>
      <p className={frame.detail}>{m.factor_codes_detail()}</p>
      <ul className={styles.codes} aria-label={m.factor_codes_title()} data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <CopyButton text={text} />
        <Button onClick={download}>
          <Download size={16} aria-hidden="true" />
          {m.factor_codes_download()}
        </Button>
      </div>
      <div className={frame.actions}>
        <Button look="primary" onClick={onDone}>
          {m.factor_codes_done()}
        </Button>
      </div>
    </div>
  )
}
