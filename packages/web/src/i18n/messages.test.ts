import { expect, test } from 'bun:test'
import en from '../../messages/en.json'
import zh from '../../messages/zh-CN.json'

const inputs = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()

test('both languages have the same texts with the same inputs', () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en))
  for (const [key, text] of Object.entries(en)) {
    expect([key, inputs(zh[key as keyof typeof zh])]).toEqual([key, inputs(text)])
  }
})
