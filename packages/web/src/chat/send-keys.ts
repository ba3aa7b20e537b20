/** What a key press in the composer means. */
import type { SendKey } from '../app/preferences.ts'

interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** While an input method composes, Enter chooses a word. */
  readonly isComposing: boolean
}

export function meansSend(press: KeyPress, sendKey: SendKey): boolean {
  if (press.key !== 'Enter' || press.isComposing || press.altKey) return false
  switch (sendKey) {
    case 'enter':
      return !press.shiftKey
    case 'ctrl-enter':
      return press.ctrlKey || press.metaKey
  }
}
