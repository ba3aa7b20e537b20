/** The text in the composer, and what its keys do. */
import type { Conversation } from '@rookery/client'
import { LIMITS, type MessageRow } from '@rookery/protocol'
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { useDraft, useSetDraft } from '../messages/drafts.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { showToast } from '../ui/toast.tsx'
import { useMouse } from '../ui/use-media-query.ts'
import { idle, stopDoing, useDesk, useDoing } from './desk.ts'
import { meansSend } from './send-keys.ts'
import type { Mentions } from './use-mentions.ts'

export function useComposing(conversation: Conversation, mentions: Mentions) {
  const { id } = conversation
  const client = useClient()
  const me = useMe()
  const desk = useDesk()
  const doing = useDoing()
  const mouse = useMouse()
  const { sendKey } = usePreferences()
  const draft = useDraft(conversation)
  const setDraft = useSetDraft(id)
  const field = useRef<HTMLTextAreaElement>(null)
  const editing = doing.kind === 'editing' ? doing : null
  const text = editing?.text ?? draft
  const left = LIMITS.textLength - text.trim().length
  const sendable = text.trim() !== '' && left >= 0

  useLayoutEffect(() => {
    desk.field.set(field.current)
    return () => desk.field.set(null)
  }, [desk])

  // On a touch screen the focus would open the keyboard over what one came to read.
  useEffect(() => {
    if (mouse || doing.kind !== 'writing') field.current?.focus()
  }, [mouse, doing.kind])

  useLayoutEffect(() => {
    if (field.current?.value === text) fitHeight(field.current)
  }, [text])
  useLayoutEffect(() => (field.current === null ? undefined : refitByWidth(field.current)), [])

  function setText(next: string) {
    if (editing) desk.doing.set({ ...editing, text: next })
    else setDraft(next)
  }

  function send() {
    if (!sendable) return
    if (editing) return void save(editing.seq, text.trim())
    const reply_to = doing.kind === 'replying' ? doing.seq : undefined
    client.send(id, {
      kind: 'text',
      text: text.trim(),
      ...(reply_to !== undefined && { reply_to }),
      ...mentions.calledIn(text),
    })
    setDraft('')
    mentions.forget()
    desk.doing.set(idle)
    client.leaveAround(id)
    field.current?.focus()
  }

  async function save(seq: number, words: string) {
    const answer = await client.edit(id, seq, words)
    if (!answer.ok) return showToast(refusalText(answer.code))
    const now = desk.doing.state()
    if (now.kind === 'editing' && now.seq === seq) desk.doing.set(idle)
  }

  function insert(emoji: string) {
    if (field.current === null) return
    const { selectionStart, selectionEnd } = field.current
    field.current.setRangeText(emoji, selectionStart, selectionEnd, 'end')
    setText(field.current.value)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (mentions.onKeyDown(event, setText)) return
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey
    if (meansSend(event.nativeEvent, sendKey)) send()
    else if (event.key === 'Escape' && stopDoing(desk)) event.stopPropagation()
    else if (event.key === 'ArrowUp' && isPlain && text === '' && editLast()) event.stopPropagation()
    else return
    event.preventDefault()
  }

  /** The last one of one's own that can be edited, unless too much was said since. */
  function editLast(): boolean {
    const now = client.state().conversations.get(id)
    const last = now?.around ? undefined : now?.messages.findLast((row) => isEditable(row, me.number))
    if (last?.body.kind !== 'text') return false
    desk.doing.set({ kind: 'editing', seq: last.seq, text: last.body.text })
    return true
  }

  return { doing, text, left, sendable, setText, send, insert, onKeyDown, field }
}

function isEditable({ sender, body }: MessageRow, me: number): boolean {
  return sender === me && body.kind === 'text' && !body.forwarded
}

/** As high as its text. What is around it keeps its height while it is measured: else the messages would move. */
function fitHeight(field: HTMLTextAreaElement): void {
  const card = field.form
  if (card === null) return
  card.style.height = `${card.offsetHeight}px`
  field.style.height = '0'
  field.style.height = `${field.scrollHeight}px`
  card.style.height = ''
}

/** Another width breaks the lines elsewhere. Answers what ends it. */
function refitByWidth(field: HTMLTextAreaElement): () => void {
  let width = field.clientWidth
  const observer = new ResizeObserver(() => {
    if (field.clientWidth === width) return
    width = field.clientWidth
    fitHeight(field)
  })
  observer.observe(field)
  return () => observer.disconnect()
}
