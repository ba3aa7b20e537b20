/** The words, and what else narrows the results: chat, person, kind, days. */
import { useMemo } from 'react'
import { friendsOf, shownName } from '../contacts/sort-contacts.ts'
import { orderConversations } from '../messages/order.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { SearchField } from '../app/search-field.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { kinds, type Filters } from './filters.ts'
import styles from './filter-bar.module.css'
import { chatTitle } from './titles.ts'

interface FilterBarProps {
  readonly filters: Filters
  readonly onChange: (change: Partial<Filters>) => void
}

const kindTexts = { text: m.search_kind_text, link: m.search_kind_link, merged: m.search_kind_merged } as const

const toNumber = (value: string) => (value === '' ? null : Number(value))

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const me = useMe()
  const client = useClient()
  const contacts = useClientState((state) => state.contacts)
  const conversations = useClientState((state) => state.conversations)
  const chats = useMemo(
    () =>
      orderConversations({ conversations, contacts }).map(({ id }) => ({
        value: String(id),
        text: chatTitle(client.state(), id),
      })),
    [client, conversations, contacts],
  )
  const people = useMemo(
    () => [
      { value: String(me.number), text: m.chat_me() },
      ...friendsOf(contacts).map((one) => ({ value: String(one.peer), text: shownName(one) })),
    ],
    [contacts, me.number],
  )
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <SearchField query={filters.q} onQuery={(q) => onChange({ q })} />
      </div>
      <SelectField
        label={m.search_chat()}
        value={String(filters.chat ?? '')}
        options={[{ value: '', text: m.search_any_chat() }, ...chats]}
        onChange={(value) => onChange({ chat: toNumber(value) })}
      />
      <SelectField
        label={m.search_person()}
        value={String(filters.from ?? '')}
        options={[{ value: '', text: m.search_anybody() }, ...people]}
        onChange={(value) => onChange({ from: toNumber(value) })}
      />
      <SelectField
        label={m.search_kind()}
        className={styles.kind}
        value={filters.kind ?? ''}
        options={[
          { value: '', text: m.search_any_kind() },
          ...kinds.map((kind) => ({ value: kind, text: kindTexts[kind]() })),
        ]}
        onChange={(value) => onChange({ kind: kinds.find((one) => one === value) ?? null })}
      />
      <DayField label={m.search_since()} value={filters.since} onChange={(since) => onChange({ since })} />
      <DayField label={m.search_until()} value={filters.until} onChange={(until) => onChange({ until })} />
    </div>
  )
}

interface DayFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <label className={styles.day}>
      <span className={styles.label}>{label}</span>
      <input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}
