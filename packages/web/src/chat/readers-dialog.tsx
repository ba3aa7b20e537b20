/** In a small group: who has read a message of one's own, and who has not. */
import type { Conversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import { useEffect } from 'react'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import type { Opened } from './desk.ts'
import styles from './read-by.module.css'
import { useName } from './use-name.ts'

interface ReadersDialogProps {
  readonly conversation: Conversation
  readonly opened: Opened
  readonly onClose: () => void
}

export function ReadersDialog({ conversation, opened, onClose }: ReadersDialogProps) {
  return (
    <DialogFrame open={opened.kind === 'readers'} onClose={onClose} title={m.readers_title()}>
      {opened.kind === 'readers' && <Readers conversation={conversation} seq={opened.seq} />}
    </DialogFrame>
  )
}

function Readers({ conversation: { id }, seq }: { readonly conversation: Conversation; readonly seq: number }) {
  const client = useClient()
  const me = useMe()
  const readers = useClientState(({ conversations }) => conversations.get(id)?.readers)
  const list = useClientState(({ groupPeople }) => groupPeople.get(id)?.list ?? null)
  useEffect(() => {
    if (list === null) void client.members(id)
  }, [client, id, list])
  const others = (list ?? []).filter(({ number }) => number !== me.number)
  const hasRead = ({ number }: MemberRow) => (readers?.get(number) ?? 0) >= seq
  return (
    <div className={frame.body}>
      <People
        title={m.readers_read({ count: others.filter(hasRead).length })}
        people={others.filter(hasRead)}
        id={id}
      />
      <People
        title={m.readers_unread({ count: others.filter((one) => !hasRead(one)).length })}
        people={others.filter((one) => !hasRead(one))}
        id={id}
      />
    </div>
  )
}

interface PeopleProps {
  readonly title: string
  readonly people: readonly MemberRow[]
  readonly id: number
}

function People({ title, people, id }: PeopleProps) {
  return (
    <section>
      <h3 className={styles.head}>{title}</h3>
      <ul className={styles.list}>
        {people.map((one) => (
          <Reader key={one.number} member={one} id={id} />
        ))}
      </ul>
    </section>
  )
}

function Reader({ member: { number, avatar }, id }: { readonly member: MemberRow; readonly id: number }) {
  const name = useName(number, id)
  return (
    <li className={styles.person}>
      <Avatar number={number} name={name} size={28} picture={avatar} />
      <span className={styles.name}>{name}</span>
    </li>
  )
}
