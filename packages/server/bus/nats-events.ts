/** Events as text: one line that nodes look at, then the frame, which nobody opens on the way. */
import type { BusEvent, HintAbout, Joined } from '../core/bus-ports.ts'

type Line =
  | readonly ['frame', string | null, number?, number?]
  | readonly ['hint', HintAbout, string]
  | readonly ['groups', readonly Joined[], readonly number[]]
  | readonly ['ended', readonly string[], string | null]

export function encodeEvent(event: BusEvent): string {
  switch (event.kind) {
    case 'frame':
      return joinLine(
        event.message ? ['frame', event.except, event.message.seq, event.message.rev] : ['frame', event.except],
        event.frame,
      )
    case 'hint':
      return joinLine(['hint', event.about, event.key], event.frame)
    case 'groups':
      return joinLine(['groups', event.joined, event.left], '')
    case 'sessions_ended':
      return joinLine(['ended', event.sessions, event.except], '')
  }
}

/** Null for what a node of another version says and this one does not know. */
export function decodeEvent(text: string): BusEvent | null {
  const [line, frame] = splitLine<Line>(text)
  if (!line) return null
  switch (line[0]) {
    case 'frame': {
      const [, except, seq, rev] = line
      return { kind: 'frame', frame, except, ...(seq !== undefined && rev !== undefined && { message: { seq, rev } }) }
    }
    case 'hint':
      return { kind: 'hint', about: line[1], key: line[2], frame }
    case 'groups':
      return Array.isArray(line[1]) && Array.isArray(line[2])
        ? { kind: 'groups', joined: line[1], left: line[2] }
        : null
    case 'ended':
      return Array.isArray(line[1]) ? { kind: 'sessions_ended', sessions: line[1], except: line[2] } : null
    default:
      return null
  }
}

export function joinLine(line: readonly unknown[], rest: string): string {
  return `${JSON.stringify(line)}\n${rest}`
}

/** The line, null where there is none, and what follows it. */
export function splitLine<First>(text: string): [line: First | null, rest: string] {
  const end = text.indexOf('\n')
  if (end < 0 || text[0] !== '[') return [null, '']
  try {
    return [JSON.parse(text.slice(0, end)) as First, text.slice(end + 1)]
  } catch {
    return [null, '']
  }
}
