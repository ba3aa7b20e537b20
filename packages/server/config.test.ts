import { expect, test } from 'bun:test'
import { isLoopback, readConfig, settings } from './config.ts'

test('an empty environment gives the defaults, frozen', () => {
  const read = readConfig({})
  if (!read.ok) throw new Error(read.problem)
  expect(read.config).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8080,
    ROOKERY_DATA: './data',
    ROOKERY_REGISTRATION: 'open',
    ROOKERY_CONTACTS: 'request',
  })
  expect(Object.isFrozen(read.config)).toBe(true)
})

test('an empty value is as good as none', () => {
  const given = Object.fromEntries(Object.keys(settings).map((key) => [key, '']))
  expect(readConfig(given)).toEqual(readConfig({}))
})

test.each([
  ['127.0.0.1', undefined, 'open'],
  ['localhost', undefined, 'open'],
  ['::1', undefined, 'open'],
  ['0.0.0.0', undefined, 'invite'],
  ['192.0.2.1', undefined, 'invite'],
  ['127.0.0.1.example', undefined, 'invite'],
  ['0.0.0.0', 'open', 'open'],
  ['127.0.0.1', 'closed', 'closed'],
])('on %p with registration %p, sign-up is %p', (HOST, ROOKERY_REGISTRATION, registration) => {
  expect(readConfig({ HOST, ROOKERY_REGISTRATION })).toMatchObject({
    config: { ROOKERY_REGISTRATION: registration },
  })
})

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', 'http'],
  ['PORT', 'NaN'],
  ['PORT', 'Infinity'],
  ['NATS_URL', '127.0.0.1:4222'],
  ['NATS_URL', 'http://127.0.0.1:4222'],
  ['NATS_URL', 'nats://a:4222, b'],
  ['ROOKERY_URL', 'chat.example'],
  ['ROOKERY_PROXIES', '-1'],
  ['ROOKERY_PROXIES', '1.5'],
  ['ROOKERY_REGISTRATION', 'Open'],
  ['ROOKERY_CONTACTS', 'yes'],
  ['ROOKERY_RATE', '0'],
  ['ROOKERY_RATE', 'fast'],
  ['ROOKERY_RATE_VISITOR', '-5'],
  ['ROOKERY_LOGIN_TRIES', '0'],
  ['ROOKERY_LOG', 'loud'],
] as const)('%s=%s is refused in one line that names it', (key, value) => {
  const read = readConfig({ [key]: value })
  if (read.ok) throw new Error('It passed.')
  expect(read.problem).toContain(`${key}=${value} is not valid: ${settings[key].help}`)
  expect(read.problem).not.toContain('\n')
})

test('a refused address does not show its password', () => {
  const nats = readConfig({ NATS_URL: 'https://rookery:secret@nats.example:4222' })
  if (nats.ok) throw new Error('It passed.')
  expect(nats.problem).toStartWith('NATS_URL=https://nats.example:4222 is not valid')
  const database = readConfig({ DATABASE_URL: 'mysql://me:secret@host/rookery' })
  if (database.ok) throw new Error('It passed.')
  expect(database.problem).toStartWith('DATABASE_URL=mysql://host/rookery is not valid: PostgreSQL')
})

test('only loopback is loopback', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(isLoopback(host)).toBe(true)
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', 'x127.0.0.1', '']) expect(isLoopback(host)).toBe(false)
})
