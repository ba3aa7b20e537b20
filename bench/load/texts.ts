/** What is said: 100 bytes. Rookery numbers messages itself; for other servers the number is the beginning. */

const length = 100
export const text =
  'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of'.padEnd(length, '.')

/** The first number is as long as the last. */
export const firstNumber = 10_000_000
export const digits = String(firstNumber).length
export const numberedText = `${firstNumber} ${text}`.slice(0, length)

/** What everybody on another server logs in with. */
export const password = 'secret'
