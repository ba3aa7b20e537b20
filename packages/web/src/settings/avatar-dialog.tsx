/** Cuts a picture to a square, by dragging and zooming, and sends it. */
import { useEffect, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { CropField } from './crop-field.tsx'
import { whole, type Crop } from './crop.ts'
import { openPicture, shrinkPicture, toBase64, type PictureProblem } from './picture.ts'

interface AvatarDialogProps {
  readonly file: File | null
  readonly onClose: () => void
}

export function AvatarDialog({ file, onClose }: AvatarDialogProps) {
  return (
    <DialogFrame open={file !== null} onClose={onClose} title={m.avatar_title()}>
      {file && <CropForm file={file} onClose={onClose} />}
    </DialogFrame>
  )
}

const problems = {
  unreadable: m.avatar_unreadable,
  forbidden: m.avatar_forbidden,
  too_large: m.avatar_too_large,
} as const satisfies Record<PictureProblem, () => string>

function CropForm({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const client = useClient()
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [crop, setCrop] = useState<Crop>(whole)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    let opened: ImageBitmap | null = null
    let wanted = true
    async function open() {
      opened = await openPicture(file)
      if (!wanted) opened?.close()
      else if (opened === null) setProblem(m.avatar_unreadable())
      else setPicture(opened)
    }
    void open()
    return () => {
      wanted = false
      opened?.close()
    }
  }, [file])

  async function save(from: ImageBitmap) {
    setBusy(true)
    const made = await shrinkPicture(from, crop, file)
    if (!made.ok) {
      setProblem(problems[made.problem]())
      return setBusy(false)
    }
    const answer = await client.call('accounts.setAvatar', { image: await toBase64(made.blob) })
    setBusy(false)
    if (answer.ok) onClose()
    else setProblem(refusalText(answer.code))
  }

  return (
    <div className={frame.body}>
      {picture && <CropField picture={picture} crop={crop} onChange={setCrop} />}
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" disabled={busy || picture === null} onClick={() => picture && void save(picture)}>
          {m.action_save()}
        </Button>
      </div>
    </div>
  )
}
