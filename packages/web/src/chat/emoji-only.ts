/** Tells the messages that are shown large: one to three emoji and nothing else. */

const emoji = /^\p{RGI_Emoji}$/v
/** What every emoji has somewhere; without it no text needs to be taken apart. */
const hint = /\p{Emoji_Presentation}|\uFE0F/u
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const most = 3

export function isEmojiOnly(text: string): boolean {
  const trimmed = text.trim()
  // The longest emoji have some fifteen units.
  if (trimmed.length > 64 || !hint.test(trimmed)) return false
  const parts = [...graphemes.segment(trimmed)].map(({ segment }) => segment)
  return parts.length <= most && parts.every((part) => emoji.test(part))
}
