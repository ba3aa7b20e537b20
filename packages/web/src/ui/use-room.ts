/** How much of a field's room is used, once little is left: what is typed beyond the end is not taken. */
import { useState, type InputEvent } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement

interface Room {
  /** `28/32`; null while there is plenty, and where there is no end. */
  readonly used: string | null
  readonly onInput: (event: InputEvent<Field>) => void
}

export function useRoom(maxLength: number | undefined, first: unknown): Room {
  const [length, setLength] = useState(typeof first === 'string' ? first.length : 0)
  return {
    used: maxLength !== undefined && isNearEnd(length, maxLength) ? `${length}/${maxLength}` : null,
    onInput: ({ currentTarget }) => setLength(currentTarget.value.length),
  }
}

export function isNearEnd(length: number, maxLength: number): boolean {
  return maxLength - length <= Math.max(4, maxLength / 10)
}
