import { expect, test } from 'bun:test'
import { joinList } from './lists.ts'
import { loadTexts } from './messages.ts'
import { zhCN } from './texts/zh-cn.ts'

test('names in Chinese have spaces around them, in lists and in sentences', async () => {
  await loadTexts('zh-CN')
  expect(joinList(['Daniel Okafor', '苏小满', 'Vera'])).toBe('Daniel Okafor、苏小满 和 Vera')
  await loadTexts('en')
  expect(joinList(['Daniel Okafor', '苏小满'])).toBe('Daniel Okafor and 苏小满')

  // What is done by or to people in a group brings its spaces along.
  const { line_recalled_of: _brings, ...rest } = zhCN
  const tight = Object.values(rest).filter((text) =>
    /\p{Script=Han}\{(name|group|address)\}|\{(name|group|address)\}\p{Script=Han}/u.test(text),
  )
  expect(tight).toEqual([])
})
