/** The gate: format, lint, types, then every test. One screen; stops at the first kind that fails. */
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

/** Prints what bun test prints, and closes with one plain line of counts. */
async function runTests(): Promise<number> {
  const child = Bun.spawn([process.execPath, 'test', '--timeout', '60000', './packages', './test'], {
    cwd: root,
    stdout: 'inherit',
    stderr: 'pipe',
    env: { ...process.env, NODE_ENV: 'test' },
  })
  let printed = ''
  for await (const chunk of child.stderr) {
    process.stderr.write(chunk)
    printed += Buffer.from(chunk).toString()
  }
  const exitCode = await child.exited
  const count = (word: string) => Number(printed.match(new RegExp(`^\\s*(\\d+) ${word}$`, 'm'))?.[1] ?? 0)
  const [passed, failed] = [count('pass'), count('fail')]
  console.log(`${passed} passed, ${failed} failed`)
  return exitCode === 0 && passed === 0 ? 1 : exitCode
}
