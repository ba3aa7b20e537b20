/** The old campus protocol's replies: at most 1024 bytes, ending on a whole character. */
import type { Body } from '@rookery/protocol'

/** `seed`: the client splits at every colon. `historic`: it joins what follows the third field. */
export type Layout = 'seed' | 'historic'

/** What is left of 1024 bytes after `05:`, an 11-digit number, a time of 19 characters, and their colons. */
export const textBytes = 989

/**
 * The parts in which a message's text fits into replies, cut at whole characters. In the seed layout a client shows
 * nothing past a colon: it gets the full-width one, which reads the same.
 */
export function splitText(text: string, layout: Layout): string[] {
  const shown = layout === 'seed' ? text.replaceAll(':', '：') : text
  if (Buffer.byteLength(shown) <= textBytes) return [shown]
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of shown) {
    const size = Buffer.byteLength(character)
    if (bytes + size > textBytes) {
      parts.push(part)
      part = ''
      bytes = 0
    }
    part += character
    bytes += size
  }
  return [...parts, part]
}

/** A message as one line of an old chat window. */
export function describeBody(body: Body): string | null {
  switch (body.kind) {
    case 'text':
      return body.text
    case 'shake':
      return '[抖一抖]'
    case 'merged':
      return '[聊天记录]'
    case 'event':
    case 'recalled':
      return null
  }
}

/** 19 characters in this machine's time zone; in the seed layout without a colon: `YYYY-MM-DD HH-MM-SS`. */
export function formatTime(at: number, layout: Layout): string {
  const time = new Date(at)
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two)
  return `${date} ${clock.join(layout === 'seed' ? '-' : ':')}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
