import { expect, test } from 'bun:test'
import { encodeQR } from 'qr'
import { pathOf } from './qr-path.ts'

test('runs of dark modules become rectangles', () => {
  expect(pathOf([])).toBe('')
  expect(
    pathOf([
      [true, true, false],
      [false, false, false],
      [true, false, true],
    ]),
  ).toBe('M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z')
})

test('the path draws every dark module of a real code, and no other', () => {
  const modules = encodeQR('otpauth://totp/Rookery:10001?secret=MZXW6YTB&issuer=Rookery', 'raw', { border: 4 })
  const drawn = modules.map((row) => row.map(() => false))
  for (const [, x, y, width] of pathOf(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width))
  expect(drawn).toEqual(modules)
})
