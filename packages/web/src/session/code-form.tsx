/** The second step of a log-in: the code. The password is not typed again. */
import { m } from '../i18n/messages.ts'
import { CodeField } from '../security/proof-fields.tsx'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'
import { entryRefusalText } from './entry-text.ts'
import { logIn } from './session.ts'

interface CodeFormProps {
  readonly login: string
  readonly password: string
  readonly onBack: () => void
}

export function CodeForm({ login, password, onBack }: CodeFormProps) {
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const refusal = await logIn(login, password, field('code'))
    return refusal && entryRefusalText(refusal)
  })
  return (
    <EntryFrame title={m.login_code_title()} detail={m.login_code_detail()}>
      <form className={styles.form} onSubmit={onSubmit}>
        <CodeField label={m.login_code()} hint={m.login_code_hint()} autoFocus />
        <FormNote kind="problem" text={problem} />
        <div className={styles.actions}>
          <Button look="primary" type="submit" disabled={busy}>
            {m.login_submit()}
          </Button>
          <Button onClick={onBack}>{m.login_code_back()}</Button>
        </div>
      </form>
    </EntryFrame>
  )
}
