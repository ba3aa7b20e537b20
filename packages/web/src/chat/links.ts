/** Finds the links in a text. The parts joined are the text again. */
import { LinkifyIt } from 'linkify-it'

export type TextPart =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'link'; readonly at: number; readonly text: string; readonly href: string }

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true }).add('ftp:', null).add('//', null)
const allowed = new Set(['http:', 'https:', 'mailto:'])

export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of linkify.match(text) ?? []) {
    if (!isAllowed(match.url)) continue
    if (match.index > end) parts.push({ kind: 'text', at: end, text: text.slice(end, match.index) })
    parts.push({ kind: 'link', at: match.index, text: match.raw, href: match.url })
    end = match.lastIndex
  }
  if (end < text.length) parts.push({ kind: 'text', at: end, text: text.slice(end) })
  return parts
}

function isAllowed(url: string): boolean {
  return URL.canParse(url) && allowed.has(new URL(url).protocol)
}
