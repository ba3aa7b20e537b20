import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import type { z } from 'zod'

const passes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

const controls = ['\0', '\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029']
const turners = ['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u202c']
const broken = ['\ud800', 'a\udc00', '\udc00\ud800']
const noStrings: readonly unknown[] = [undefined, null, 1, true, [], ['x'], {}, { length: 3 }, { toString: 'x' }]

describe('number', () => {
  test.each([10_001, LIMITS.lastNumber])('%d is one', (value) => {
    expect(passes(field.number, value)).toBe(true)
  })

  test('anything else is none', () => {
    const others = [
      0,
      -0,
      -1,
      9_999,
      LIMITS.lastNumber + 1,
      10_001.5,
      1e308,
      Number.MAX_SAFE_INTEGER + 1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '10001',
      '',
      null,
      true,
      [10_001],
      { valueOf: 10_001 },
      undefined,
    ]
    for (const value of others) expect(passes(field.number, value)).toBe(false)
  })
})

describe('seq, rev and conversation', () => {
  test('are whole, safe, and not below zero', () => {
    for (const schema of [field.seq, field.rev]) {
      for (const value of [0, 1, Number.MAX_SAFE_INTEGER]) expect(passes(schema, value)).toBe(true)
      for (const value of [-1, 0.5, 2 ** 53, 1e300, Number.NaN, '1', null]) expect(passes(schema, value)).toBe(false)
    }
    expect(passes(field.conversation, 0)).toBe(false)
    expect(passes(field.conversation, 1)).toBe(true)
  })
})

describe('name', () => {
  test.each(['one', '甲', 'a b', '👩‍👩‍👧', 'é', 'one 1', '1.5', '- 1', 'x'.repeat(LIMITS.nameLength), `<b>&'"%_`])(
    '%p is one',
    (value) => {
      expect(passes(field.name, value)).toBe(true)
    },
  )

  test('nothing, only digits of any width, too much, or no string is none', () => {
    const others = ['', ' ', '\u3000', '10001', ' 10001 ', '１２３', '①②', 'x'.repeat(LIMITS.nameLength + 1)]
    for (const value of [...others, ...noStrings]) expect(passes(field.name, value)).toBe(false)
  })

  test('nothing that breaks or turns a line around is in one', () => {
    for (const bad of [...controls, ...turners, ...broken]) {
      expect(passes(field.name, `one${bad}two`)).toBe(false)
      expect(passes(field.greeting, `one${bad}two`)).toBe(false)
      expect(passes(field.deviceName, `one${bad}two`)).toBe(false)
    }
  })

  test('it is trimmed and composed, so that what looks the same is stored the same', () => {
    expect(field.name.parse('  e\u0301 ')).toBe('é')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (value) => {
        const parsed = field.name.safeParse(value)
        if (parsed.success) expect(field.name.parse(parsed.data)).toBe(parsed.data)
      }),
    )
  })
})

describe('text', () => {
  test.each([' ', '\n', '\t\u202e', '甲'.repeat(LIMITS.textLength), '🎉'.repeat(LIMITS.textLength / 2), '<script>'])(
    'is anything that can be kept',
    (value) => {
      expect(field.text.parse(value)).toBe(value)
    },
  )

  test('is not nothing, nor too much, nor what no store can keep', () => {
    const others = ['', 'a\0b', '\0', 'x'.repeat(LIMITS.textLength + 1), ...broken, ...noStrings]
    for (const value of others) expect(passes(field.text, value)).toBe(false)
  })

  test('the longest one, at its longest in JSON, fits a frame', () => {
    const escaped = JSON.stringify('\u0001'.repeat(LIMITS.textLength))
    expect(Buffer.byteLength(escaped)).toBeLessThan(LIMITS.frameBytes - 1024)
    expect(passes(field.text, '\u0001'.repeat(LIMITS.textLength))).toBe(true)
  })
})

describe('secrets and ids', () => {
  const secret = 'a-_Z0'.repeat(9).slice(0, 43)
  const id = '01234567-89ab-7def-8123-456789abcdef'

  test('have one form', () => {
    expect(passes(field.secret, secret)).toBe(true)
    expect(passes(field.messageId, id)).toBe(true)
  })

  test('and no other', () => {
    const noSecrets = [secret.slice(1), `${secret}a`, `${secret.slice(1)}\n`, `${secret}\n`, `${secret.slice(1)}=`]
    for (const value of [...noSecrets, ...noStrings]) expect(passes(field.secret, value)).toBe(false)
    const noIds = [id.toUpperCase(), `{${id}}`, `${id}\n`, ` ${id}`, id.replaceAll('-', ''), id.slice(1), '']
    for (const value of [...noIds, ...noStrings]) expect(passes(field.messageId, value)).toBe(false)
  })
})

describe('what is called somehow', () => {
  test('a group is called what can be seen, digits too; a nickname may be empty', () => {
    for (const value of ['1', '书友会 🎉', '<b>', "';--"]) expect(passes(field.groupName, value)).toBe(true)
    for (const value of ['', ' ', '\u200d', 'a\nb', 'a\u202eb', 'x'.repeat(LIMITS.groupNameLength + 1), ...broken])
      expect(passes(field.groupName, value)).toBe(false)
    for (const schema of [field.remark, field.signature, field.contactGroup]) {
      expect(schema.parse(' e\u0301 ')).toBe('é')
      expect(passes(schema, '')).toBe(true)
      for (const value of ['a\nb', '\u2066x', ...broken, ...noStrings]) expect(passes(schema, value)).toBe(false)
    }
  })

  test('a notice has lines', () => {
    expect(passes(field.notice, 'a\n\nb')).toBe(true)
    expect(passes(field.notice, '')).toBe(true)
    for (const value of ['a\0b', 'x'.repeat(LIMITS.noticeLength + 1), ...broken, ...noStrings])
      expect(passes(field.notice, value)).toBe(false)
  })

  test('an emoji is one, however it is made', () => {
    for (const value of ['👍', '👍🏽', '❤️', '👨‍👩‍👧', '🏳️‍🌈', '🇨🇳', '1️⃣', '🫠']) expect(passes(field.emoji, value)).toBe(true)
    for (const value of ['', 'a', '1', '👍👍', '👍 ', '❤', ':)', '\u200d', '🇨', ...broken, ...noStrings])
      expect(passes(field.emoji, value)).toBe(false)
  })
})

test('passwords have their lengths', () => {
  expect(passes(field.password, 'x'.repeat(1))).toBe(true)
  expect(passes(field.password, 'x'.repeat(0))).toBe(false)
  for (const schema of [field.password, field.typedPassword])
    expect(passes(schema, 'x'.repeat(LIMITS.passwordMaxLength + 1))).toBe(false)
})
