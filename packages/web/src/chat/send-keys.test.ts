import { expect, test } from 'bun:test'
import { meansSend } from './send-keys.ts'

const press = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false }

test('Enter sends, Shift+Enter is a new line', () => {
  expect(meansSend(press, 'enter')).toBeTrue()
  expect(meansSend({ ...press, shiftKey: true }, 'enter')).toBeFalse()
  expect(meansSend({ ...press, key: 'a' }, 'enter')).toBeFalse()
})

test('where Ctrl+Enter sends, Enter is a new line', () => {
  expect(meansSend(press, 'ctrl-enter')).toBeFalse()
  expect(meansSend({ ...press, ctrlKey: true }, 'ctrl-enter')).toBeTrue()
  expect(meansSend({ ...press, metaKey: true }, 'ctrl-enter')).toBeTrue()
})

test('an Enter that chooses a word sends nothing', () => {
  expect(meansSend({ ...press, isComposing: true }, 'enter')).toBeFalse()
  expect(meansSend({ ...press, isComposing: true, ctrlKey: true }, 'ctrl-enter')).toBeFalse()
})
