import { expect, test } from 'bun:test'
import { deviceName } from './device-name.ts'

test('names the browser and the system', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  expect(deviceName(chrome)).toBe('Chrome · Linux')
  expect(deviceName(`${chrome} Edg/140.0`)).toBe('Edge · Linux')
  expect(deviceName('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0')).toBe('Firefox · Android')
})

test('an unknown browser is a browser', () => {
  expect(deviceName('')).toBe('Browser')
})
