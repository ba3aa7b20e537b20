/** The second factor among the settings: set up, switched off, its recovery codes made anew. */
import type { Output } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { ProofDialog, type Proof } from './proof-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import styles from './security.module.css'
import { SetUpDialog } from './set-up-dialog.tsx'

interface SecondFactorRowProps {
  readonly security: Output<'security.read'>
  readonly refresh: () => Promise<void>
}

type Doing = 'nothing' | 'set-up' | 'switch-off' | 'renew'

export function SecondFactorRow({ security, refresh }: SecondFactorRowProps) {
  const client = useClient()
  const [doing, setDoing] = useState<Doing>('nothing')
  const [codes, setCodes] = useState<readonly string[]>([])
  const close = () => setDoing('nothing')

  async function switchOff(proof: Proof) {
    const answer = await client.call('security.disable', proof)
    if (!answer.ok) return refusalText(answer.code)
    await refresh()
    close()
    return null
  }

  async function renew(proof: Proof) {
    const answer = await client.call('security.renewCodes', proof)
    if (!answer.ok) return refusalText(answer.code)
    close()
    setCodes(answer.value.recovery_codes)
    await refresh()
    return null
  }

  return (
    <div className={styles.block} data-testid="second-factor" data-on={security.second_factor}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h3 className={styles.heading}>{m.factor_title()}</h3>
          <p className={styles.detail}>
            {security.second_factor ? m.factor_on_detail({ count: security.recovery_codes }) : m.factor_off_detail()}
          </p>
          <p className={styles.detail}>{m.factor_legacy_detail()}</p>
        </div>
        <div className={styles.buttons}>
          {security.second_factor ? (
            <>
              <Button onClick={() => setDoing('renew')}>{m.factor_new_codes()}</Button>
              <Button look="danger" onClick={() => setDoing('switch-off')}>
                {m.factor_switch_off()}
              </Button>
            </>
          ) : (
            <Button onClick={() => setDoing('set-up')}>{m.factor_set_up()}</Button>
          )}
        </div>
      </div>
      <SetUpDialog open={doing === 'set-up'} onClose={close} onEnabled={refresh} />
      <ProofDialog
        open={doing === 'switch-off'}
        onClose={close}
        title={m.factor_off_title()}
        detail={m.factor_off_warning()}
        action={m.factor_switch_off()}
        look="danger"
        onProve={switchOff}
      />
      <ProofDialog
        open={doing === 'renew'}
        onClose={close}
        title={m.factor_new_codes()}
        detail={m.factor_renew_detail()}
        action={m.factor_renew()}
        look="primary"
        onProve={renew}
      />
      <DialogFrame open={codes.length > 0} onClose={() => setCodes([])} title={m.factor_codes_title()}>
        <RecoveryCodes codes={codes} onDone={() => setCodes([])} />
      </DialogFrame>
    </div>
  )
}
