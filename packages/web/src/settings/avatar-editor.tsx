/** One's own picture: chosen from a file or dropped, cut to a square, or taken away. */
import { Camera } from 'lucide-react'
import { useRef, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ProblemDialog } from '../ui/problem-dialog.tsx'
import { AvatarDialog } from './avatar-dialog.tsx'
import styles from './avatar-editor.module.css'

interface AvatarEditorProps {
  readonly number: number
  readonly name: string
}

export function AvatarEditor({ number, name }: AvatarEditorProps) {
  const client = useClient()
  const has = useClientState((state) => (state.settings?.avatar ?? '') !== '')
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [dropping, setDropping] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function remove() {
    const answer = await client.call('accounts.setAvatar', { image: null })
    if (!answer.ok) setProblem(refusalText(answer.code))
  }

  return (
    <div
      className={styles.editor}
      data-dropping={dropping}
      onDragOver={(event) => {
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        event.preventDefault()
        setDropping(false)
        const [dropped] = event.dataTransfer.files
        if (dropped) setFile(dropped)
      }}
    >
      <button
        type="button"
        className={styles.picture}
        aria-label={m.avatar_change()}
        title={m.avatar_change_detail()}
        onClick={() => picker.current?.click()}
      >
        <Avatar number={number} name={name} size={72} />
        <span className={styles.sign}>
          <Camera size={14} aria-hidden="true" />
        </span>
      </button>
      {has && (
        <Button size="small" onClick={() => void remove()}>
          {m.avatar_remove()}
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label={m.avatar_change()}
        data-testid="avatar-file"
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          if (chosen) setFile(chosen)
          // The same file may be chosen again.
          event.target.value = ''
        }}
      />
      <AvatarDialog file={file} onClose={() => setFile(null)} />
      <ProblemDialog problem={problem} onClose={() => setProblem(null)} />
    </div>
  )
}
