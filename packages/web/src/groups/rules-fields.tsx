/** The rules of a group, one under the other. */
import type { GroupRow } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Switch } from '../ui/switch.tsx'
import styles from './rules-fields.module.css'

export type Rules = Pick<GroupRow, 'history' | 'joining' | 'inviting' | 'listed' | 'silenced'>

interface RulesFieldsProps {
  readonly rules: Rules
  readonly onChange: (change: Partial<Rules>) => void
}

export function RulesFields({ rules, onChange }: RulesFieldsProps) {
  const { history, joining, inviting, listed, silenced } = rules
  return (
    <div className={styles.rules}>
      <Choice label={m.group_joining()}>
        <Segmented
          label={m.group_joining()}
          value={joining}
          onChange={(next) => onChange({ joining: next })}
          options={[
            { value: 'closed', text: m.group_joining_closed() },
            { value: 'request', text: m.group_joining_request() },
            { value: 'open', text: m.group_joining_open() },
          ]}
        />
      </Choice>
      <Choice label={m.group_inviting()}>
        <Segmented
          label={m.group_inviting()}
          value={inviting}
          onChange={(next) => onChange({ inviting: next })}
          options={[
            { value: 'members', text: m.group_inviting_members() },
            { value: 'admins', text: m.group_inviting_admins() },
          ]}
        />
      </Choice>
      <Choice label={m.group_history()}>
        <Segmented
          label={m.group_history()}
          value={history}
          onChange={(next) => onChange({ history: next })}
          options={[
            { value: 'all', text: m.group_history_all() },
            { value: 'since_joining', text: m.group_history_since() },
          ]}
        />
      </Choice>
      <div className={styles.row}>
        <div className={styles.text}>
          <p>{m.group_listed()}</p>
          <p className={styles.detail}>{m.group_listed_detail()}</p>
        </div>
        <Switch label={m.group_listed()} on={listed} onChange={(on) => onChange({ listed: on })} />
      </div>
      <div className={styles.row}>
        <div className={styles.text}>
          <p>{m.group_silence_all()}</p>
          <p className={styles.detail}>{m.group_silence_all_detail()}</p>
        </div>
        <Switch label={m.group_silence_all()} on={silenced} onChange={(on) => onChange({ silenced: on })} />
      </div>
    </div>
  )
}

function Choice({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.choice}>
      <p aria-hidden="true" className={styles.label}>
        {label}
      </p>
      {children}
    </div>
  )
}
