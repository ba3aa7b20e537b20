/** What people write: anything. */
import { LIMITS } from '@rookery/protocol'
import type { Random } from './random.ts'

const words = [
  '早 🌅',
  '你好，世界',
  '👩‍👩‍👧‍👦',
  '03#10001#text#',
  'a:b:c',
  '"quoted" \\ <b>',
  'two\nlines',
  'e\u0301té',
  '🇨🇳🏳️‍🌈',
  '#',
  ':',
]

/** Most are short; a few fill the limit. `mark` makes each one different. */
export function makeText(random: Random, mark: string): string {
  const text = `${mark} ${random.pick(words)}`
  if (random.next() > 0.01) return text
  const length = Math.floor(random.between(LIMITS.textLength / 2, LIMITS.textLength))
  const filler = random.pick(['汉', 'x', '\\', '"']) ?? 'x'
  return text.padEnd(random.next() < 0.3 ? LIMITS.textLength : length, filler)
}
