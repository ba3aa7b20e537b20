/** Log-in by number or user name. */
import { LIMITS } from '@rookery/protocol'
import { useState } from 'react'
import { Link } from 'wouter'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { CodeForm } from './code-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'
import { entryRefusalText } from './entry-text.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { logIn } from './session.ts'
import { useSubmit } from '../ui/use-submit.ts'

interface LogInPageProps {
  /** Why it is here and not the page that was asked for; null where it is that page. */
  readonly because: 'signed-out' | 'needed' | 'group' | null
}

const reasons = { 'signed-out': m.login_signed_out, needed: m.login_needed, group: m.login_for_group } as const

export function LogInPage({ because }: LogInPageProps) {
  const [proved, setProved] = useState<{ login: string; password: string } | null>(null)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const typed = { login: field('login'), password: field('password') }
    const refusal = await logIn(typed.login, typed.password, null)
    if (refusal?.code !== 'second_factor') return refusal && entryRefusalText(refusal)
    setProved(typed)
    return null
  })
  if (proved) return <CodeForm {...proved} onBack={() => setProved(null)} />
  return (
    <EntryFrame title={m.login_title()} detail={m.app_tagline()}>
      <form className={styles.form} onSubmit={onSubmit}>
        <FormNote kind="notice" text={because !== null && problem === null ? reasons[because]() : null} />
        <TextField
          label={m.login_name()}
          name="login"
          placeholder={m.login_name_hint()}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={LIMITS.nameLength}
          required
          autoFocus
        />
        <TextField
          label={m.login_password()}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={LIMITS.passwordMaxLength}
          required
        />
        <FormNote kind="problem" text={problem} />
        <div className={styles.actions}>
          <Button look="primary" type="submit" disabled={busy}>
            {m.login_submit()}
          </Button>
          <PasskeyButton />
          <Link href={because === 'group' ? `/sign-up${location.hash}` : '/sign-up'} className={styles.link}>
            {m.login_sign_up()}
          </Link>
        </div>
      </form>
    </EntryFrame>
  )
}
