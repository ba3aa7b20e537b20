/** Sign-up where it is open to everybody. */
import { Link } from 'wouter'
import { m } from '../i18n/messages.ts'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'
import { SignUpForm } from './sign-up-form.tsx'

export function SignUpPage() {
  return (
    <EntryFrame title={m.signup_title()} detail={m.app_tagline()}>
      <SignUpForm ticket={null}>
        <Link href={location.hash === '' ? '/' : `/g${location.hash}`} className={styles.link}>
          {m.signup_have_account()}
        </Link>
      </SignUpForm>
    </EntryFrame>
  )
}
