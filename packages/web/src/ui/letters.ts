/** The letter and the colour that stand for somebody without a picture. */

/** White text on each of these has a contrast of at least 4.5 (WCAG 1.4.3). */
export const palette = ['#2c7a93', '#b0552b', '#5f59a8', '#2b7f4d', '#a83c6c', '#7a6a1e', '#3d68ac', '#6d5a4d'] as const

/** Neighbouring numbers get different colours; one number always gets the same. */
export function colourOf(number: number): string {
  return palette[number % palette.length] ?? palette[0]
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letter as it is seen: never half of an emoji or of a letter with its accents. */
export function initialOf(name: string): string {
  const [first] = graphemes.segment(name.trim())
  return first ? first.segment.toLocaleUpperCase() : '?'
}
