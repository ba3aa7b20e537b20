/** Where a message is written: a new one, an answer, or an old one anew. */
import type { Conversation } from '@rookery/client'
import { memo } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { isNote, useTitle } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { ComposerBar } from './composer-bar.tsx'
import { ComposerHint } from './composer-hint.tsx'
import styles from './composer.module.css'
import { ComposerTools } from './composer-tools.tsx'
import { MentionList } from './mention-list.tsx'
import { isSameDrawing } from './same-chat.ts'
import { SendButton } from './send-button.tsx'
import { useComposing } from './use-composing.ts'
import { useMentions } from './use-mentions.ts'

export const Composer = memo(function Composer({ conversation }: { readonly conversation: Conversation }) {
  const { id, kind } = conversation
  const client = useClient()
  const me = useMe()
  const name = useTitle(conversation)
  const { sendKey } = usePreferences()
  const mentions = useMentions(conversation)
  const { doing, text, left, sendable, setText, send, insert, onKeyDown, field } = useComposing(conversation, mentions)
  const label = isNote(conversation, me.number) ? m.composer_label_note() : m.composer_label({ name })

  return (
    <div className={styles.area}>
      {mentions.open && <MentionList mentions={mentions} onPick={(one) => mentions.pick(one, setText)} />}
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ComposerBar conversation={id} doing={doing} />
        <ComposerTools conversation={conversation} onEmoji={insert} />
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          value={text}
          aria-label={label}
          placeholder={label}
          enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
          data-kept={doing.kind === 'editing' ? undefined : true}
          {...(kind === 'group' && {
            'aria-autocomplete': 'list',
            'aria-controls': mentions.open ? mentions.listId : undefined,
            'aria-activedescendant': mentions.activeId,
          })}
          onChange={(event) => {
            setText(event.target.value)
            mentions.look(event.target)
            if (event.target.value !== '' && doing.kind !== 'editing') client.typing(id)
          }}
          onSelect={(event) => mentions.look(event.currentTarget)}
          onBlur={mentions.close}
          onKeyDown={onKeyDown}
        />
        <div className={styles.bottom}>
          <ComposerHint left={left} saving={doing.kind === 'editing'} />
          <SendButton sendable={sendable} saving={doing.kind === 'editing'} />
        </div>
      </form>
    </div>
  )
}, isSameDrawing)
