import { expect, test } from 'bun:test'
import { ok, type OperationName } from '@rookery/protocol'
import type { Caller } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createDispatch } from './dispatch.ts'
import { createRateLimit } from './rate-limit.ts'

const visitor = { address: '203.0.113.7', socket: null, legacy: false }
const user: Caller = { ...visitor, session: 'a session', number: 10_001, name: 'one', role: 'member' }

function makeDispatch(call: (name: OperationName) => Promise<unknown>) {
  const logged: string[] = []
  const log = createLog('error', (line) => void logged.push(line))
  const metrics = createMetrics()
  const limits = { user: createRateLimit(2, () => 0), visitor: createRateLimit(1, () => 0) }
  // Dispatch asks its core for nothing else.
  const dispatch = createDispatch({ core: { call } as unknown as Core, metrics, log, limits })
  return { dispatch, logged, metrics }
}

test('a bug ends here: the caller learns nothing of it, the log and the figures do', async () => {
  const { dispatch, logged, metrics } = makeDispatch(() => Promise.reject(new Error('a secret of the house')))
  expect(await dispatch(user, 'presence.list', {})).toEqual({ ok: false, code: 'internal' })
  expect(logged.join()).toContain('a secret of the house')
  expect(logged.join()).toContain('"operation":"presence.list"')
  expect(metrics.print()).toContain('rookery_operations_total{operation="presence.list",outcome="internal"} 1')
})

test('requests reach the rules in the order of the calls, before anything else gets its turn', () => {
  const reached: string[] = []
  const { dispatch } = makeDispatch(async (name) => {
    reached.push(name)
    return ok({})
  })
  void dispatch(user, 'presence.list', {})
  void dispatch(user, 'sessions.list', {})
  expect(reached).toEqual(['presence.list', 'sessions.list'])
})

test('who has a session is limited by it, who has none by their address', async () => {
  const { dispatch } = makeDispatch(async () => ok({}))
  const many = async (caller: Caller) =>
    (await Promise.all(Array.from({ length: 40 }, () => dispatch(caller, 'presence.list', {})))).filter(
      ({ ok: done }) => done,
    ).length
  expect([await many(visitor), await many(user)]).toEqual([10, 20])
  expect(await many({ ...user, session: 'another' })).toBe(20)
})

test('[P9] what is unknown is held back like anything else, and has one name in the figures', async () => {
  const { dispatch, metrics } = makeDispatch(async () => ok({}))
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => dispatch(visitor, `made.up${index}`, {})))
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.code))
  expect(codes.filter((code) => code === 'unknown_operation')).toHaveLength(10)
  expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(20)
  expect(await dispatch(visitor, 'presence.list', {})).toMatchObject({ code: 'too_many_requests' })
  expect(metrics.print()).not.toContain('made.up')
  expect(metrics.print()).toContain('{operation="unknown",outcome="unknown_operation"} 10')
  expect(metrics.print()).toContain('{operation="unknown",outcome="too_many_requests"} 20')
})

test('[P9] a search is counted as several requests', async () => {
  const { dispatch } = makeDispatch(async () => ok({}))
  const find = () => dispatch(user, 'messages.find', { query: 'x' })
  expect([await find(), await find()]).toEqual([ok({}), ok({})])
  expect(await find()).toEqual({ ok: false, code: 'too_many_requests', retry_after_ms: 5_000 })
  expect(await dispatch(user, 'presence.list', {})).toMatchObject({ code: 'too_many_requests' })
})
