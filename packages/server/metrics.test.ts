import { expect, test } from 'bun:test'
import { createMetrics } from './metrics.ts'

test('operations are counted by outcome, and timed in buckets that hold the lesser ones', () => {
  const { noteOperation, print } = createMetrics()
  noteOperation('messages.send', 'ok', 1)
  noteOperation('messages.send', 'ok', 1)
  noteOperation('messages.send', 'too_large', 1)
  const lines = print().split('\n')
  expect(lines).toContain('# TYPE rookery_operations_total counter')
  expect(lines).toContain('rookery_operations_total{operation="messages.send",outcome="ok"} 2')
  expect(lines).toContain('rookery_operations_total{operation="messages.send",outcome="too_large"} 1')
  expect(lines).toContain('# TYPE rookery_operation_seconds histogram')
  expect(lines).toContain('rookery_operation_seconds_bucket{le="1",operation="messages.send"} 3')
  expect(lines).toContain('rookery_operation_seconds_bucket{le="+Inf",operation="messages.send"} 3')
  expect(lines).toContain('rookery_operation_seconds_count{operation="messages.send"} 3')
  const counts = Array.from(print().matchAll(/_bucket\{le="[^"]*",operation="[^"]*"\} (\d+)/g), ([, count]) =>
    Number(count),
  )
  expect(counts).toEqual(counts.toSorted((one, other) => one - other))
})

test('gauges and counters are read when somebody asks', () => {
  const { gauge, counter, print } = createMetrics()
  let [now, total] = [1, 5]
  gauge('a_gauge', 'What it is.', () => now)
  counter('a_total', 'How often.', () => total)
  expect(print()).toContain('# HELP a_gauge What it is.\n# TYPE a_gauge gauge\na_gauge 1\n')
  ;[now, total] = [2, 6]
  expect(print()).toContain('\na_gauge 2\n')
  expect(print()).toContain('# TYPE a_total counter\na_total 6\n')
  expect(print()).toMatch(/^rookery_memory_bytes \d+$/m)
})
