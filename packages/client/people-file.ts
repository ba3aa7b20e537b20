/** The old campus client's lists: a line is a name, one separator, and a number of eleven digits. */
import { LIMITS } from '@rookery/protocol'

export type PeopleLine =
  | { readonly kind: 'person'; readonly line: number; readonly name: string; readonly number: number }
  | { readonly kind: 'bad'; readonly line: number; readonly text: string }

const numberLength = 11

/** Reads `AllPeople.txt` or `Friends.txt`; empty lines are passed over, lines count from 1. */
export function readPeople(text: string): PeopleLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((content, index) => (content === '' ? [] : [readLine(content, index + 1)]))
}

/** What `readPeople` reads back; shorter numbers are padded with zeros. */
export function writePeople(people: readonly { readonly name: string; readonly number: number }[]): string {
  return people.map(({ name, number }) => `${name}:${String(number).padStart(numberLength, '0')}\n`).join('')
}

function readLine(text: string, line: number): PeopleLine {
  const digits = text.slice(-numberLength)
  const name = text.slice(0, -numberLength - 1)
  if (!/^\d{11}$/.test(digits) || Number(digits) < LIMITS.firstNumber || name === '') return { kind: 'bad', line, text }
  return { kind: 'person', line, name, number: Number(digits) }
}
