/** The gate: format, lint, types, then every test. Stops at the first kind that fails. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')
const onlyChecks = process.argv.includes('checks')

const checks: readonly (readonly string[])[] = [
  ['oxfmt', '--check'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['tsc', '--project', '.'],
]

for (const [command = '', ...args] of checks) {
  const began = performance.now()
  const { exitCode, stdout, stderr } = Bun.spawnSync([join(root, 'node_modules/.bin', command), ...args], { cwd: root })
  if (exitCode !== 0) {
    console.log(`${stdout.toString()}${stderr.toString()}`)
    console.log(`${command}: failed`)
    process.exit(1)
  }
  console.log(`${command}: clean, ${Math.round(performance.now() - began)} ms`)
}

if (!onlyChecks) process.exit(await runTests())

interface Outcome {
  readonly exitCode: number
  readonly passed: number
  readonly failed: number
  /** What was printed about each test that failed. */
  readonly faults: readonly string[]
  readonly files: readonly { readonly path: string; readonly seconds: number }[]
}

/**
 * The scenes in a browser beside all others: each leaves half of two cores idle. Those of the browser give way, since
 * among the others are some that wait for how long something takes. What measures speed comes after, alone.
 */
async function runTests(): Promise<number> {
  const all = [...new Bun.Glob('{packages,test}/**/*.test.{ts,tsx}').scanSync({ cwd: root })]
    .filter((path) => !path.includes('node_modules'))
    .toSorted()
  const reports = mkdtempSync(join(tmpdir(), 'rookery-reports-'))
  const giveWay = Bun.which('nice') ? ['nice', '-n', '10'] : []
  const beside = await Promise.all([
    runFiles(
      all.filter((path) => !isScene(path) && !isMeasurement(path)),
      [],
      join(reports, 'others.xml'),
      true,
    ),
    runFiles(all.filter(isScene), giveWay, join(reports, 'scenes.xml'), false),
  ])
  const outcomes = [...beside, await runFiles(all.filter(isMeasurement), [], join(reports, 'speed.xml'), true)]
  rmSync(reports, { recursive: true })
  const slowest = outcomes
    .flatMap(({ files }) => files)
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, 10)
  console.log(`Slowest: ${slowest.map(({ path, seconds }) => `${path} ${seconds.toFixed(1)} s`).join(', ')}`)
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  // Once more, at the end: thousands of lines stand between, and of a long log often only the end is kept.
  for (const fault of outcomes.flatMap(({ faults }) => faults)) console.log(`\n${fault}`)
  console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`)
  return Math.max(...outcomes.map(({ exitCode, passed }) => (exitCode === 0 && passed === 0 ? 1 : exitCode)))
}

/** @param isLive whether what it prints is shown as it comes, or all at the end. */
async function runFiles(
  files: readonly string[],
  before: readonly string[],
  report: string,
  isLive: boolean,
): Promise<Outcome> {
  const reporting = ['--reporter=junit', `--reporter-outfile=${report}`]
  const command = [process.execPath, 'test', '--timeout', '60000', ...reporting, ...files.map((path) => `./${path}`)]
  const child = Bun.spawn([...before, ...command], {
    cwd: root,
    stdout: isLive ? 'inherit' : 'pipe',
    stderr: 'pipe',
    env: { ...process.env, NODE_ENV: 'test' },
  })
  const said = child.stdout ? new Response(child.stdout).text() : Promise.resolve('')
  let printed = ''
  for await (const chunk of child.stderr) {
    if (isLive) process.stderr.write(chunk)
    printed += Buffer.from(chunk).toString()
  }
  const exitCode = await child.exited
  if (!isLive) process.stderr.write((await said) + printed)
  const count = (word: string) => Number(printed.match(new RegExp(`^\\s*(\\d+) ${word}$`, 'm'))?.[1] ?? 0)
  return {
    exitCode,
    passed: count('pass'),
    failed: count('fail'),
    faults: readFaults(printed),
    files: readTimes(report),
  }
}

/** Each from the line after the test before to the one that says it failed. Bun's own list at the end has only names. */
function readFaults(printed: string): string[] {
  const faults: string[] = []
  let about: string[] = []
  for (const line of printed
    .split(/^\d+ tests failed:$/m, 1)
    .join()
    .split('\n')) {
    about.push(line)
    if (line.startsWith('(fail) ')) faults.push(about.join('\n').trim())
    if (/^\((pass|fail|skip|todo)\) /.test(line)) about = []
  }
  return faults
}

function isMeasurement(path: string): boolean {
  return path === 'test/speed.test.ts'
}

/** In a browser. */
function isScene(path: string): boolean {
  return path.startsWith('test/browser/')
}

/** Empty where the run ended before it could say. */
function readTimes(report: string): Outcome['files'] {
  try {
    const suites = readFileSync(report, 'utf8').matchAll(/<testsuite name="([^"]+)" file="\1"[^>]* time="([\d.]+)"/g)
    return Array.from(suites, ([, path = '', seconds]) => ({ path, seconds: Number(seconds) }))
  } catch {
    return []
  }
}
