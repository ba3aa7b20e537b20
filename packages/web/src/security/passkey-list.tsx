/** The passkeys of this account, each with the way to remove it. */
import type { Output, PasskeyRow } from '@rookery/protocol'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { passkeySupport } from './passkey-browser.ts'
import { PasskeyDialog } from './passkey-dialog.tsx'
import styles from './security.module.css'

interface PasskeyListProps {
  readonly security: Output<'security.read'>
  readonly refresh: () => Promise<void>
}

export function PasskeyList({ security: { passkeys }, refresh }: PasskeyListProps) {
  const client = useClient()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<PasskeyRow | null>(null)
  const support = passkeySupport(location)

  async function remove(passkey: string) {
    const answer = await client.call('passkeys.remove', { passkey })
    if (!answer.ok && answer.code !== 'not_found') return refusalText(answer.code)
    await refresh()
    return null
  }

  return (
    <div className={styles.block} data-testid="passkeys">
      <div className={styles.head}>
        <div className={styles.words}>
          <h3 className={styles.heading}>{m.passkey_title()}</h3>
          <p className={styles.detail}>{m.passkey_detail()}</p>
          {support.kind === 'name' && (
            <p className={styles.detail}>{m.passkey_localhost({ address: support.address })}</p>
          )}
          {support.kind === 'no' && <p className={styles.detail}>{m.passkey_unsupported()}</p>}
        </div>
        {support.kind === 'yes' && <Button onClick={() => setAdding(true)}>{m.passkey_add()}</Button>}
      </div>
      {passkeys.length > 0 && (
        <ul>
          {passkeys.map((row) => (
            <Passkey key={row.passkey} row={row} onRemove={() => setRemoving(row)} />
          ))}
        </ul>
      )}
      <PasskeyDialog open={adding} onClose={() => setAdding(false)} onAdded={refresh} />
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={m.passkey_remove_title({ name: removing?.name ?? '' })}
        detail={m.passkey_remove_detail()}
        action={m.passkey_remove()}
        onConfirm={() => remove(removing?.passkey ?? '')}
      />
    </div>
  )
}

function Passkey({ row, onRemove }: { readonly row: PasskeyRow; readonly onRemove: () => void }) {
  const locale = useLocale()
  const { name, created_at, used_at } = row
  return (
    <li className={styles.item} data-testid="passkey">
      <KeyRound size={20} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        <p className={styles.detail}>
          {used_at > 0
            ? m.passkey_used({ time: fullTime(used_at, locale) })
            : m.passkey_added({ time: fullTime(created_at, locale) })}
        </p>
      </div>
      <Button size="small" aria-label={m.passkey_remove_of({ name })} onClick={onRemove}>
        {m.passkey_remove()}
      </Button>
    </li>
  )
}
