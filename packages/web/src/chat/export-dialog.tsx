/** Writes a whole chat into a file. */
import type { Conversation } from '@rookery/client'
import { useEffect, useRef, useState } from 'react'
import { collect, knowAll } from '../export/collect.ts'
import { entriesOf } from '../export/entries.ts'
import { fileName, writeChat, type ExportFormat } from '../export/formats.ts'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { peopleIn } from '../messages/line-text.ts'
import { useTitle } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { download } from '../ui/download.ts'
import { FormNote } from '../ui/form-note.tsx'
import { Segmented } from '../ui/segmented.tsx'
import styles from './export-dialog.module.css'

interface ExportDialogProps {
  readonly conversation: Conversation
  readonly open: boolean
  readonly onClose: () => void
}

export function ExportDialog({ conversation, open, onClose }: ExportDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.export_chat()}>
      <ExportForm conversation={conversation} onClose={onClose} />
    </DialogFrame>
  )
}

type Step =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'failed'; readonly problem: string }

function ExportForm({ conversation, onClose }: Omit<ExportDialogProps, 'open'>) {
  const { id } = conversation
  const client = useClient()
  const locale = useLocale()
  const title = useTitle(conversation)
  const [format, setFormat] = useState<ExportFormat>('html')
  const [step, setStep] = useState<Step>({ kind: 'choosing' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  async function run() {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    setStep({ kind: 'running', done: 0 })
    const onProgress = (done: number) => setStep({ kind: 'running', done })
    const rows = await collect(client, { conversation: id, onProgress, signal })
    if (rows === null || signal.aborted) return
    if (!rows.ok) return setStep({ kind: 'failed', problem: refusalText(rows.code) })
    await knowAll(client, id, [...new Set(rows.value.flatMap(peopleIn))])
    if (signal.aborted) return
    const at = Date.now()
    const chat = { title, at, entries: entriesOf(client.state(), rows.value) }
    const words = { locale, edited: m.message_edited(), forwarded: (name: string) => m.message_forwarded({ name }) }
    download(writeChat(format, chat, words), fileName(title, at, format))
    setStep({ kind: 'done', count: rows.value.length })
  }

  function cancel() {
    running.current?.abort()
    setStep({ kind: 'choosing' })
  }

  return (
    <div className={frame.body}>
      <p className={frame.detail}>{m.export_chat_detail({ name: title })}</p>
      <Segmented
        label={m.export_format()}
        options={[
          { value: 'html', text: 'HTML' },
          { value: 'txt', text: m.export_format_text() },
          { value: 'json', text: 'JSON' },
        ]}
        value={format}
        onChange={setFormat}
      />
      {step.kind === 'running' && (
        <progress className={styles.progress} value={step.done} max={1} aria-label={m.export_running()} />
      )}
      {step.kind === 'done' && <FormNote kind="done" text={m.export_done({ count: step.count })} />}
      {step.kind === 'failed' && <FormNote kind="problem" text={step.problem} />}
      <div className={frame.actions}>
        {step.kind === 'running' ? (
          <Button onClick={cancel}>{m.action_cancel()}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{m.action_close()}</Button>
            <Button look="primary" onClick={() => void run()}>
              {m.export_start()}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
