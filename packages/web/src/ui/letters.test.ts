import { expect, test } from 'bun:test'
import { colourOf, initialOf, palette } from './letters.ts'

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('white letters are readable on every colour', () => {
  for (const colour of palette) expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5)
})

test('a number keeps its colour, neighbours differ', () => {
  expect(colourOf(10_001)).toBe(colourOf(10_001))
  expect(colourOf(10_001)).not.toBe(colourOf(10_002))
})

test('the initial is one whole letter', () => {
  expect(initialOf('one')).toBe('O')
  expect(initialOf(' 甲乙')).toBe('甲')
  expect(initialOf('👩‍👩‍👧 home')).toBe('👩‍👩‍👧')
  expect(initialOf('𠮷')).toBe('𠮷')
  expect(initialOf('')).toBe('?')
})
