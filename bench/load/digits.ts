/** Numbers within frames, read and overwritten in place: the rest of a frame is made only once. */

const [digit0, letterA] = [0x30, 0x61]

/** The decimal number that begins there. */
export function readNumber(bytes: Buffer, start: number): number {
  let value = 0
  for (let at = start; ; at += 1) {
    const digit = (bytes[at] ?? 0) - digit0
    if (digit < 0 || digit > 9) return value
    value = value * 10 + digit
  }
}

/** Overwrites the digits that end there; those to the left stay as they are. */
export function writeDigits(bytes: Buffer, end: number, value: number, base: 10 | 16): void {
  let at = end
  for (let left = value; left > 0; left = Math.floor(left / base)) {
    at -= 1
    const digit = left % base
    bytes[at] = digit < 10 ? digit0 + digit : letterA + digit - 10
  }
}
