/** What can be done with a message that is there. What is refused is told. */
import type { MessageRow } from '@rookery/protocol'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { copyText } from '../ui/copy-text.ts'
import { showToast } from '../ui/toast.tsx'
import { idle, useDesk } from './desk.ts'
import { keepRecalled } from './recalled-texts.ts'

export function useReact(conversation: number): (seq: number, emoji: string, on: boolean) => Promise<void> {
  const client = useClient()
  return async (seq, emoji, on) => {
    const answer = await client.react(conversation, seq, emoji, on)
    if (!answer.ok) showToast(refusalText(answer.code))
  }
}

export interface MessageActions {
  reply(): void
  edit(): void
  copy(): Promise<void>
  forward(): void
  select(): void
  recall(): Promise<void>
}

export function useMessageActions(row: MessageRow): MessageActions {
  const client = useClient()
  const desk = useDesk()
  const { conversation, seq, id, body, sender } = row
  return {
    reply: () => desk.doing.set({ kind: 'replying', seq }),
    edit() {
      if (body.kind === 'text') desk.doing.set({ kind: 'editing', seq, text: body.text })
    },
    async copy() {
      const text = body.kind === 'text' ? body.text : body.kind === 'merged' ? sayAll(body.items) : ''
      showToast((await copyText(text)) ? m.action_copied() : m.message_copy_refused())
    },
    forward: () => desk.opened.set({ kind: 'forward', seqs: [seq], merged: false }),
    select: () => desk.doing.set({ kind: 'selecting', seqs: new Set([seq]) }),
    async recall() {
      const own = client.state().me?.number === sender
      if (own && body.kind === 'text' && !body.forwarded) keepRecalled(id, body.text)
      const answer = await client.recall(conversation, seq)
      if (!answer.ok) return showToast(refusalText(answer.code))
      const doing = desk.doing.state()
      if ((doing.kind === 'editing' || doing.kind === 'replying') && doing.seq === seq) desk.doing.set(idle)
    },
  }
}

function sayAll(items: readonly { readonly name: string; readonly text: string }[]): string {
  return items.map(({ name, text }) => `${name}: ${text}`).join('\n')
}
