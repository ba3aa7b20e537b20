/** Log-in by number or user name. */
import { LIMITS } from '@rookery/protocol'
import { Link } from 'wouter'
import { m } from '../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'
import { entryRefusalText } from './entry-text.ts'
import { logIn } from './session.ts'
import { useSubmit } from '../ui/use-submit.ts'

interface LogInPageProps {
  /** Why it is here and not the page that was asked for; null where it is that page. */
  readonly because: 'signed-out' | 'needed' | null
}

const reasons = { 'signed-out': m.login_signed_out, needed: m.login_needed } as const

export function LogInPage({ because }: LogInPageProps) {
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const refusal = await logIn(field('login'), field('password'))
    return refusal && entryRefusalText(refusal)
  })
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
          <Link href="/sign-up" className={styles.link}>
            {m.login_sign_up()}
          </Link>
        </div>
      </form>
    </EntryFrame>
  )
}
