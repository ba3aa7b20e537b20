import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { loadTexts, m } from './messages.ts'
import { en } from './texts/en.ts'
import { zhCN } from './texts/zh-cn.ts'

const inputs = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
const keys = Object.keys(en) as (keyof typeof en)[]

test('both languages have the same texts with the same inputs', () => {
  expect(Object.keys(zhCN)).toEqual(keys)
  for (const key of keys) expect([key, inputs(zhCN[key])]).toEqual([key, inputs(en[key])])
})

test('a text that was handed on is in the language in use, with its inputs', async () => {
  const { action_cancel: cancel, login_too_many_seconds: wait } = m
  await loadTexts('zh-CN')
  expect([cancel(), wait({ seconds: 7 })]).toEqual([
    zhCN.action_cancel,
    zhCN.login_too_many_seconds.replace('{seconds}', '7'),
  ])
  await loadTexts('en')
  expect([cancel(), wait({ seconds: 8 })]).toEqual([
    en.action_cancel,
    en.login_too_many_seconds.replace('{seconds}', '8'),
  ])
})

test('no text is left that no page says', () => {
  const sources = join(import.meta.dir, '..')
  const said = new Set<string>()
  for (const path of new Bun.Glob('**/*.{ts,tsx}').scanSync(sources)) {
    if (path.includes('texts/') || path.includes('.test.')) continue
    for (const [word] of readFileSync(join(sources, path), 'utf8').matchAll(/\w+/g)) said.add(word)
  }
  expect(keys.filter((key) => !said.has(key))).toEqual([])
})
