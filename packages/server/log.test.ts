import { expect, test } from 'bun:test'
import { createLog, type Level } from './log.ts'

function makeLog(level: Level) {
  const lines: string[] = []
  const log = createLog(level, (line) => void lines.push(line))
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> }
}

test('a line of JSON each, with what was given beside the message', () => {
  const { log, lines, last } = makeLog('info')
  log.warn({ kind: 'a\nb' }, 'look')
  expect(lines[0]).toEndWith('}\n')
  expect(lines[0]?.trim()).not.toContain('\n')
  expect(last()).toMatchObject({ level: 40, kind: 'a\nb', msg: 'look', pid: process.pid, time: expect.any(Number) })
})

test('an error is told with its stack, its code and its cause', () => {
  const { log, last } = makeLog('error')
  const cause = Object.assign(new TypeError('why'), { code: 'E1' })
  log.error({ err: new Error('what', { cause }) }, 'failed')
  expect(last().err).toMatchObject({
    type: 'Error',
    message: 'what',
    stack: expect.stringContaining('log.test'),
    cause: { type: 'TypeError', message: 'why', code: 'E1' },
  })
  log.error({ err: 'only a text' }, 'failed')
  expect(last().err).toBe('only a text')
})

test('what is below the level is not written, and nothing is when silent', () => {
  const { log, lines } = makeLog('warn')
  log.debug({}, 'no')
  log.info({}, 'no')
  log.warn({}, 'yes')
  log.fatal({}, 'yes')
  expect(lines).toHaveLength(2)
  const silent = makeLog('silent')
  silent.log.fatal({}, 'no')
  expect(silent.lines).toEqual([])
})

test('a line is on standard error also if the process ends at once', () => {
  const script = `import { createLog } from './log.ts'; createLog('info').fatal({}, 'the end'); process.exit(1)`
  const { stderr } = Bun.spawnSync([process.execPath, '--eval', script], { cwd: import.meta.dir })
  expect(stderr.toString()).toContain('"msg":"the end"}\n')
})
