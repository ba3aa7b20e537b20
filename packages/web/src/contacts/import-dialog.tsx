/** Imports a `Friends.txt` while one watches, and says line by line what could not be done. */
import { readPeople } from '@rookery/client'
import { useEffect, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import styles from './import-dialog.module.css'
import { importPeople, type BadLine, type ImportReport } from './import-people.ts'

interface ImportDialogProps {
  readonly file: File | null
  readonly onClose: () => void
}

export function ImportDialog({ file, onClose }: ImportDialogProps) {
  // What is shown stays as it is while the dialog closes.
  const [last, setLast] = useState(file)
  if (file !== null && file !== last) setLast(file)
  return (
    <DialogFrame open={file !== null} onClose={onClose} title={m.import_title()}>
      {last && <Import file={last} onClose={onClose} />}
    </DialogFrame>
  )
}

function Import({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const client = useClient()
  const me = useMe()
  const [report, setReport] = useState<ImportReport | null>(null)

  useEffect(() => {
    const closing = new AbortController()
    async function read() {
      const lines = readPeople(await file.text())
      if (lines.length === 0) setReport({ through: 0, total: 0, added: 0, already: 0, bad: [] })
      const ports = {
        me: me.number,
        standing: (number: number) => client.state().contacts.get(number)?.state ?? 'none',
        request: (number: number) => client.call('contacts.request', { number }),
        pause: (milliseconds: number) => new Promise<void>((resume) => setTimeout(resume, milliseconds)),
        onProgress: (next: ImportReport) => !closing.signal.aborted && setReport(next),
      }
      await importPeople(lines, ports, closing.signal)
    }
    void read()
    return () => closing.abort()
  }, [client, me.number, file])

  const done = report !== null && report.through === report.total
  return (
    <div className={frame.body}>
      {!done && (
        <p role="status" className={frame.detail}>
          {m.import_running({ through: report?.through ?? 0, total: report?.total ?? 0 })}
        </p>
      )}
      {done && <Result report={report} />}
      <div className={frame.actions}>
        <Button look={done ? 'primary' : 'plain'} onClick={onClose}>
          {done ? m.action_close() : m.action_cancel()}
        </Button>
      </div>
    </div>
  )
}

function Result({ report: { total, added, already, bad } }: { readonly report: ImportReport }) {
  if (total === 0) return <FormNote kind="notice" text={m.import_empty()} />
  return (
    <>
      <FormNote kind={bad.length === 0 ? 'done' : 'notice'} text={m.import_done({ added, already, bad: bad.length })} />
      {bad.length > 0 && (
        <section className={styles.bad} aria-label={m.import_bad()}>
          <h3 className={styles.title}>{m.import_bad()}</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <ol className={styles.lines} tabIndex={0}>
            {bad.map((one) => (
              <Bad key={one.line} bad={one} />
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function Bad({ bad: { line, text, reason } }: { readonly bad: BadLine }) {
  return (
    <li className={styles.line} data-testid="bad-line" data-line={line}>
      <span className={styles.number}>{m.import_line({ line })}</span>
      <code className={styles.text} dir="auto">
        {text}
      </code>
      <span className={styles.reason}>{reasonText(reason)}</span>
    </li>
  )
}

function reasonText(reason: BadLine['reason']): string {
  if (reason === 'form') return m.import_bad_form()
  if (reason === 'self') return m.add_self()
  return reason === 'not_found' ? m.import_nobody() : refusalText(reason)
}
