/** Whom an `@` can call out; chosen by keys from the text, or by a press. */
import { Users } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import styles from './mention-list.module.css'
import { callName, type Callable, type Mentions } from './use-mentions.ts'

interface MentionListProps {
  readonly mentions: Mentions
  readonly onPick: (one: Callable) => void
}

export function MentionList({ mentions: { options, active, listId }, onPick }: MentionListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={list} id={listId} role="listbox" aria-label={m.mention_list()} className={styles.list}>
      {options.map((one, index) => (
        <div
          key={one.kind === 'all' ? 0 : one.member.number}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          className={classes(styles.option, index === active && styles.active)}
          // The text keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(one)
          }}
        >
          {one.kind === 'all' ? (
            <>
              <span className={styles.all}>
                <Users size={16} aria-hidden="true" />
              </span>
              {m.mention_everyone()}
            </>
          ) : (
            <>
              <Avatar number={one.member.number} name={callName(one.member)} size={28} picture={one.member.avatar} />
              <span className={styles.name}>{callName(one.member)}</span>
              {one.member.nickname !== '' && <span className={styles.also}>{one.member.name}</span>}
            </>
          )}
        </div>
      ))}
    </div>
  )
}
