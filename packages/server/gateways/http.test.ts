import { expect, test } from 'bun:test'
import { createLog } from '../log.ts'
import { answerFault } from './http.ts'
import { securityHeaders } from './pages.ts'

test('what throws in the door is one line of JSON that tells where, and nothing that somebody sent', async () => {
  const lines: string[] = []
  const log = createLog('error', (line) => void lines.push(line))
  const error = Object.assign(new TypeError('"http://what somebody typed\n    at somebody" is no address'), {
    code: 'ERR_INVALID_URL',
  })
  for (const thrown of [error, 'what somebody typed', null, undefined]) {
    const response = answerFault(log, thrown)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('somebody')
    for (const [name, value] of Object.entries(securityHeaders)) expect(response.headers.get(name)).toBe(value)
  }
  expect(lines).toHaveLength(4)
  expect(lines.join('')).not.toContain('somebody')
  for (const line of lines) expect(line.trimEnd()).not.toContain('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 50,
    err: { type: 'TypeError', code: 'ERR_INVALID_URL', stack: expect.stringContaining('http.test.ts') },
    msg: 'a request threw',
  })
})
