import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { parseSeedRequest } from './seed-requests.ts'

const parse = (text: string) => parseSeedRequest(Buffer.from(text))

test('every request of the table, by its number and count of fields', () => {
  expect(parse('01#20171000001#a#b#')).toEqual({ kind: 'register', number: 20171000001, password: 'a', confirm: 'b' })
  expect(parse('01#20171000001#a#b#c#')).toMatchObject({
    kind: 'changePassword',
    old: 'a',
    password: 'b',
    confirm: 'c',
  })
  expect(parse('02#20171000001#a#b#')).toEqual({ kind: 'logIn', number: 20171000001, password: 'a#b' })
  expect(parse('04#20171000001#')).toEqual({ kind: 'count', from: 20171000001 })
  expect(parse('05#00000010001#')).toEqual({ kind: 'take', from: 10001 })
  expect(parse('06#')).toEqual({ kind: 'goOffline' })
  expect(parse('08#')).toEqual({ kind: 'count', from: 'all' })
  expect(parse('09#')).toEqual({ kind: 'take', from: 'all' })
})

test('a text is all between the second and the last separator', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(parse(`03#10001#${text}#`)).toEqual({ kind: 'send', to: 10001, text })
    }),
  )
})

test('what is no number is null, and what has other fields is unknown', () => {
  for (const digits of ['', '1', '10000', '123456789012', '1e5', '-10001', '１０００１', ' 10001', '0x2711']) {
    expect(parse(`04#${digits}#`)).toEqual({ kind: 'count', from: null })
  }
  for (const text of [
    '04#',
    '04#1#2#',
    '06#x#',
    '08##',
    '01#a#',
    '01#1#2#3#4#5#',
    '02#1#',
    '03#1#',
    '07#',
    '99#x#',
    '03#1#x',
  ]) {
    expect(parse(text)).toEqual({ kind: 'unknown' })
  }
})

test('junk is none, bytes that are no UTF-8 are unknown, and nothing throws', () => {
  for (const text of ['', '0', '03', 'ab#', '#03#', '3#1#x#', ' 03#1#x#']) expect(parse(text)).toBeNull()
  expect(parseSeedRequest(Buffer.from([0x30, 0x33, 0x23, 0xff, 0x23]))).toEqual({ kind: 'unknown' })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void parseSeedRequest(bytes)))
})
