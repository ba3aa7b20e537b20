/** The contact groups while they are being changed. Pure. */

export interface GroupLine {
  readonly key: string
  readonly name: string
  /** What it was called; null for a new one. */
  readonly before: string | null
}

export function moveLine(lines: readonly GroupLine[], index: number, step: -1 | 1): readonly GroupLine[] {
  const moved = lines[index]
  if (!moved || index + step < 0 || index + step >= lines.length) return lines
  return lines.toSpliced(index, 1).toSpliced(index + step, 0, moved)
}

export function problemOf(lines: readonly GroupLine[]): 'empty' | 'twice' | null {
  const names = lines.map(({ name }) => name.normalize('NFC').trim())
  if (names.includes('')) return 'empty'
  return new Set(names).size === names.length ? null : 'twice'
}

/** As the server takes them: `renamed` says what one was called before, where that is not what it is called now. */
export function toGroups(lines: readonly GroupLine[]): { name: string; renamed?: string }[] {
  return lines.map(({ name, before }) => {
    const trimmed = name.trim()
    return before === null || before === trimmed ? { name: trimmed } : { name: trimmed, renamed: before }
  })
}
