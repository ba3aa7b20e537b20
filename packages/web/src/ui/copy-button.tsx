/** Takes a text along by one press. */
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'

interface CopyButtonProps {
  readonly text: string
  /** Copying was not allowed: the text may be shown selected, for the reader's own Ctrl C. */
  readonly onRefused?: () => void
  readonly className?: string | undefined
}

export function CopyButton({ text, onRefused, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)

  async function copy() {
    const done = await copyText(text)
    setCopied(done)
    if (!done) onRefused?.()
  }

  return (
    <Button className={className} onClick={() => void copy()}>
      {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      {copied ? m.action_copied() : m.action_copy()}
    </Button>
  )
}
