import { expect, test } from 'bun:test'
import {
  codeOf,
  findStep,
  fromBase32,
  hashRecoveryCode,
  makeRecoveryCodes,
  readCode,
  stepAt,
  toBase32,
} from './one-time-codes.ts'

/** The secret of the examples in both RFCs. */
const secret = new TextEncoder().encode('12345678901234567890')

test('[P81] codes are those of RFC 4226, appendix D', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => codeOf(secret, counter))
  expect(codes).toEqual([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ])
})

test('[P81] steps are those of RFC 6238, appendix B', () => {
  const seconds = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000]
  const codes = ['287082', '081804', '050471', '005924', '279037', '353130']
  expect(seconds.map((second) => codeOf(secret, stepAt(second * 1_000)))).toEqual(codes)
})

test('[P82] a code of the step before or after is good, one further off is not, and none that was used up', () => {
  const now = 1_700_000_000_000
  const here = stepAt(now)
  const find = (step: number, used = 0) => findStep(secret, codeOf(secret, step), now, used)
  expect([-2, -1, 0, 1, 2].map((by) => find(here + by))).toEqual([null, here - 1, here, here + 1, null])
  expect(find(here, here)).toBeNull()
  expect(find(here - 1, here)).toBeNull()
  expect(find(here + 1, here)).toBe(here + 1)
  for (const wrong of ['', '000000', '12345', '1234567', 'abcdef']) expect(findStep(secret, wrong, now, 0)).toBeNull()
})

test('a code is read however it was typed', () => {
  expect(readCode(' 123 456 ')).toEqual({ kind: 'app', code: '123456' })
  expect(readCode('ABCD-EFGH ijkl-2345')).toEqual({ kind: 'recovery', code: 'abcdefghijkl2345' })
})

test('ten recovery codes, all different, whose dashes and case do not matter', () => {
  const codes = makeRecoveryCodes({ randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)) })
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
    expect(hashRecoveryCode(code.toUpperCase().replaceAll('-', ' '))).toEqual(hashRecoveryCode(code))
  }
})

test('base32 is that of RFC 4648', () => {
  expect(toBase32(new TextEncoder().encode('fooba'))).toBe('MZXW6YTB')
  expect(fromBase32('MZXW6YTB')).toEqual(new TextEncoder().encode('fooba'))
  expect(fromBase32(toBase32(secret))).toEqual(secret)
})
