/** The members of a group; only those in sight are drawn. */
import type { GroupConversation } from '@rookery/client'
import { useRef, useState, type RefObject } from 'react'
import { Virtualizer, type CustomContainerComponentProps, type VirtualizerHandle } from 'virtua'
import { m } from '../i18n/messages.ts'
import styles from './member-list.module.css'
import { MemberMenu, type ChosenMember } from './member-menu.tsx'
import { MemberItem } from './member-item.tsx'
import { useMembers } from './use-members.ts'

interface MemberListProps {
  readonly conversation: GroupConversation
  readonly query: string
  readonly scroller: RefObject<HTMLElement | null>
  readonly menuPlace: RefObject<HTMLElement | null>
  /** How far down in the scroller the list begins, in pixels. */
  readonly startMargin: number
  readonly onGone?: (() => void) | undefined
}

/** The next page is asked for before the reader runs into its absence. */
const headroomPx = 1600

export function MemberList({ conversation, query, scroller, menuPlace, startMargin, onGone }: MemberListProps) {
  const { list, more } = useMembers(conversation, query)
  const virtual = useRef<VirtualizerHandle>(null)
  const [chosen, setChosen] = useState<ChosenMember | null>(null)
  const total = query === '' ? (conversation.group?.members ?? 0) : (list?.length ?? 0)

  function onScroll(offset: number) {
    const { current } = virtual
    if (current && current.scrollSize - current.viewportSize - offset < headroomPx) more()
  }

  if (list === null) return null
  if (list.length === 0) return <p className={styles.none}>{m.group_member_none()}</p>
  return (
    <>
      <Virtualizer
        ref={virtual}
        data={list}
        as={Rows}
        scrollRef={scroller}
        startMargin={startMargin}
        bufferSize={900}
        onScroll={onScroll}
      >
        {(member, index) => (
          <MemberItem
            key={member.number}
            member={member}
            conversation={conversation.id}
            position={index + 1}
            total={total}
            onChoose={(anchor) => setChosen({ member, anchor })}
          />
        )}
      </Virtualizer>
      <MemberMenu
        chosen={chosen}
        conversation={conversation}
        place={menuPlace}
        onClose={() => setChosen(null)}
        onGone={onGone}
      />
    </>
  )
}

function Rows(props: CustomContainerComponentProps) {
  return <div {...props} role="list" aria-label={m.group_members()} data-testid="members" />
}
