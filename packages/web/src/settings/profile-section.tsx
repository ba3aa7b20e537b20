/** What others see of oneself: picture, name, signature. */
import { LIMITS } from '@rookery/protocol'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { StatusRow } from '../presence/status-row.tsx'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LineDialog } from '../ui/line-dialog.tsx'
import { AvatarEditor } from './avatar-editor.tsx'
import styles from './profile-section.module.css'
import { Section } from './section.tsx'

type Editing = 'nothing' | 'name' | 'signature'

export function ProfileSection() {
  const me = useMe()
  const client = useClient()
  const name = useClientState((state) => state.settings?.name ?? me.name)
  const signature = useClientState((state) => state.settings?.signature ?? '')
  const [editing, setEditing] = useState<Editing>('nothing')
  const stop = () => setEditing('nothing')

  async function save(change: { name: string } | { signature: string }): Promise<string | null> {
    const answer = await client.call('accounts.updateProfile', change)
    if (answer.ok) return null
    return answer.code === 'bad_request' && 'name' in change ? m.profile_name_bad() : refusalText(answer.code)
  }

  return (
    <Section title={m.settings_profile()}>
      <div className={styles.me}>
        <AvatarEditor number={me.number} name={name} />
        <dl className={styles.facts}>
          <dt className="visually-hidden">{m.profile_name()}</dt>
          <dd className={styles.line}>
            <span className={styles.name} data-testid="my-name">
              {name}
            </span>
            <IconButton label={m.profile_name_edit()} onClick={() => setEditing('name')}>
              <Pencil size={16} aria-hidden="true" />
            </IconButton>
          </dd>
          <dt className="visually-hidden">{m.profile_signature()}</dt>
          <dd className={styles.line}>
            <span className={styles.signature} data-testid="my-signature">
              {signature || m.profile_signature_none()}
            </span>
            <IconButton label={m.profile_signature_edit()} onClick={() => setEditing('signature')}>
              <Pencil size={16} aria-hidden="true" />
            </IconButton>
          </dd>
          <dt className="visually-hidden">{m.settings_number()}</dt>
          <dd>
            <span data-testid="my-number">{me.number}</span>
            {me.role === 'admin' && <span className={styles.role}>{m.settings_role_admin()}</span>}
          </dd>
        </dl>
      </div>
      <StatusRow />
      <LineDialog
        open={editing === 'name'}
        onClose={stop}
        title={m.profile_name_edit()}
        label={m.profile_name()}
        hint={m.profile_name_hint()}
        value={name}
        maxLength={LIMITS.nameLength}
        onSave={(next) => (next === '' ? Promise.resolve(m.signup_name_empty()) : save({ name: next }))}
      />
      <LineDialog
        open={editing === 'signature'}
        onClose={stop}
        title={m.profile_signature_edit()}
        label={m.profile_signature()}
        hint={m.profile_signature_hint()}
        value={signature}
        maxLength={LIMITS.signatureLength}
        onSave={(next) => save({ signature: next })}
      />
    </Section>
  )
}
