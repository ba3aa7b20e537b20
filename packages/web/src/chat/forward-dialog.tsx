/** Hands messages on: to which chats, and whether one by one or as one. */
import type { Conversation } from '@rookery/client'
import { useMemo, useState } from 'react'
import { orderConversations } from '../messages/order.ts'
import { titleOf } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { matches } from '../ui/matches.ts'
import { Segmented } from '../ui/segmented.tsx'
import { showToast } from '../ui/toast.tsx'
import { idle, useDesk, type Opened } from './desk.ts'
import { ForwardPreview } from './forward-preview.tsx'
import { ForwardTarget } from './forward-target.tsx'
import styles from './forward-dialog.module.css'

interface ForwardDialogProps {
  readonly conversation: Conversation
  readonly opened: Opened
  readonly onClose: () => void
}

export function ForwardDialog({ conversation, opened, onClose }: ForwardDialogProps) {
  return (
    <DialogFrame open={opened.kind === 'forward'} onClose={onClose} title={m.forward_title()}>
      {opened.kind === 'forward' && (
        <ForwardForm from={conversation.id} seqs={opened.seqs} asOne={opened.merged} onClose={onClose} />
      )}
    </DialogFrame>
  )
}

interface ForwardFormProps {
  readonly from: number
  readonly seqs: readonly number[]
  readonly asOne: boolean
  readonly onClose: () => void
}

/** Chats that are listed: who looks for another one types its name. */
const most = 60

function ForwardForm({ from, seqs, asOne, onClose }: ForwardFormProps) {
  const client = useClient()
  const desk = useDesk()
  const conversations = useClientState((state) => state.conversations)
  const contacts = useClientState((state) => state.contacts)
  const [query, setQuery] = useState('')
  const [merged, setMerged] = useState(asOne)
  const [targets, setTargets] = useState<ReadonlySet<number>>(new Set())
  const listed = useMemo(() => {
    const isMeant = (one: Conversation) =>
      one.writable && matches({ name: titleOf(client.state(), one), number: one.peer }, query)
    return orderConversations({ conversations, contacts }).filter(isMeant).slice(0, most)
  }, [client, conversations, contacts, query])

  function toggle(id: number) {
    const next = new Set(targets)
    if (!next.delete(id)) next.add(id)
    setTargets(next)
  }

  function forward() {
    for (const target of targets)
      for (const part of merged ? [[...seqs]] : seqs.map((seq) => [seq]))
        client.send(target, { kind: 'forward', from, seqs: part, merged })
    showToast(m.forward_done({ count: targets.size }))
    desk.doing.set(idle)
    onClose()
  }

  return (
    <div className={styles.body}>
      {seqs.length > 1 && (
        <Segmented
          label={m.forward_how()}
          options={[
            { value: 'each', text: m.forward_each() },
            { value: 'merged', text: m.forward_merged() },
          ]}
          value={merged ? 'merged' : 'each'}
          onChange={(next) => setMerged(next === 'merged')}
        />
      )}
      <ForwardPreview conversation={from} seqs={seqs} />
      <input
        type="search"
        className={styles.search}
        aria-label={m.forward_search()}
        placeholder={m.forward_search()}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className={styles.list} aria-label={m.list_label()}>
        {listed.map((one) => (
          <ForwardTarget key={one.id} conversation={one} chosen={targets.has(one.id)} onToggle={() => toggle(one.id)} />
        ))}
        {listed.length === 0 && <li className={styles.none}>{m.search_none()}</li>}
      </ul>
      <Button look="primary" disabled={targets.size === 0} onClick={forward}>
        {targets.size === 0 ? m.message_forward() : m.forward_send({ count: targets.size })}
      </Button>
    </div>
  )
}
