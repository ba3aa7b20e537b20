/**
 * Guards against a gross loss of speed. Each figure is a share of what this machine could do in the same run, so the
 * weather cancels out, and the bar is a factor below what is usual: no change of a few percent is ever seen here.
 */
import { expect, test } from 'bun:test'
import { join } from 'node:path'

interface Row {
  readonly name: string
  readonly share?: number
}

/** The least share of its limit that a figure may have; beside it, what is usual on two cores. */
const bars = {
  /** Processor time for a message, beside that of the bare insert: 0.2 to 0.3. */
  'send.saturate.cost': 0.05,
  /** 0.25 to 0.4. */
  'send.saturate': 0.05,
  /** 0.4. */
  'login.resume': 0.08,
  /** 0.4 to 0.5. */
  'idle.memory': 0.15,
} as const

test('a short bench finds no gross loss of speed', async () => {
  const bench = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, '../bench/main.ts'),
      '--quick',
      '--json',
      '--no-others',
      '--only',
      Object.keys(bars).join(),
    ],
    { stdout: 'pipe', stderr: 'pipe' },
  )
  const [lines, said] = await Promise.all([new Response(bench.stdout).text(), new Response(bench.stderr).text()])
  expect(await bench.exited, said).toBe(0)
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  for (const [name, bar] of Object.entries(bars)) {
    const share = rows.find((row) => row.name === name)?.share
    expect(share, `${name} as a share of its limit\n${lines}`).toBeGreaterThan(bar)
  }
}, 180_000)
