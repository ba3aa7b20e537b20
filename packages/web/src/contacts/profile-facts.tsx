/** What is known of somebody, line by line; what is the owner's own can be changed here. */
import type { ContactRow } from '@rookery/protocol'
import { LIMITS } from '@rookery/protocol'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { LineDialog } from '../ui/line-dialog.tsx'
import { ProblemDialog } from '../ui/problem-dialog.tsx'
import { SelectField } from '../ui/select-field.tsx'
import styles from './profile-card.module.css'

interface ProfileFactsProps {
  readonly number: number
  readonly own: string
  readonly contact: ContactRow | undefined
}

const noGroups: readonly string[] = []

export function ProfileFacts({ number, own, contact }: ProfileFactsProps) {
  const client = useClient()
  const groups = useClientState(({ settings }) => settings?.contact_groups ?? noGroups)
  const [naming, setNaming] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const friend = contact?.state === 'friend' ? contact : undefined

  async function arrange(change: { remark: string } | { group: string }): Promise<string | null> {
    const answer = await client.call('contacts.arrange', { number, ...change })
    return answer.ok ? null : refusalText(answer.code)
  }

  return (
    <>
      <dl className={styles.facts}>
        <div className={styles.fact}>
          <dt>{m.profile_number()}</dt>
          <dd data-testid="profile-number" className={styles.digits}>
            {number}
          </dd>
        </div>
        {friend && friend.remark !== '' && (
          <div className={styles.fact}>
            <dt>{m.settings_name()}</dt>
            <dd>{own}</dd>
          </div>
        )}
        {friend && (
          <div className={styles.fact}>
            <dt>{m.profile_remark()}</dt>
            <dd>
              <button type="button" className={styles.edit} onClick={() => setNaming(true)}>
                {friend.remark || m.profile_remark_none()}
                <Pencil size={14} role="img" aria-label={m.profile_remark_edit()} />
              </button>
            </dd>
          </div>
        )}
        {friend && groups.length > 0 && (
          <div className={styles.fact}>
            <dt>{m.profile_group()}</dt>
            <dd>
              <SelectField
                label={m.profile_group()}
                value={groups.includes(friend.group) ? friend.group : ''}
                options={[
                  { value: '', text: m.contacts_first_group() },
                  ...groups.map((name) => ({ value: name, text: name })),
                ]}
                onChange={(group) => void arrange({ group }).then(setProblem)}
              />
            </dd>
          </div>
        )}
      </dl>
      <LineDialog
        open={naming}
        onClose={() => setNaming(false)}
        title={m.profile_remark_edit()}
        label={m.profile_remark()}
        hint={m.profile_remark_hint()}
        value={friend?.remark ?? ''}
        maxLength={LIMITS.remarkLength}
        onSave={(remark) => arrange({ remark })}
      />
      <ProblemDialog problem={problem} onClose={() => setProblem(null)} />
    </>
  )
}
