/** Child processes: each on its own core where the machine allows it, with what they use of it. */
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { atEnd } from './cleanup.ts'

const taskset = Bun.which('taskset')
export const isPinned = taskset !== null && cpus().length >= 2

/** What is measured runs on core 0, what measures it on core 1. */
export const cores = { measured: 0, load: 1 } as const

export type Child = Bun.Subprocess<'pipe', 'pipe', 'pipe'>

/** Starts a script of ours. */
export function spawn(core: number, script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Child {
  return spawnProgram(core, [process.execPath, script, ...args], env)
}

export function spawnProgram(core: number, command: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const pin = isPinned ? [taskset ?? '', '-c', String(core)] : []
  const child = Bun.spawn([...pin, ...command], {
    env: { ...process.env, ...env },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const forget = atEnd(() => child.kill('SIGKILL'))
  void child.exited.then(forget)
  return child
}

/** SIGTERM, and SIGKILL to one that does not go. */
export async function stopChild(child: Child): Promise<void> {
  child.kill('SIGTERM')
  const gone = await Promise.race([child.exited.then(() => true), Bun.sleep(5_000)])
  if (gone !== true) child.kill('SIGKILL')
  await child.exited
}

/** Resident memory in KB of 1,024 bytes. */
export function readMemory(pid: number): number {
  const file = `/proc/${pid}/status`
  const text = existsSync(file)
    ? readFileSync(file, 'utf8').match(/^VmRSS:\s+(\d+)/m)?.[1]
    : Bun.spawnSync(['ps', '-o', 'rss=', '-p', String(pid)]).stdout.toString()
  return Number(text)
}

/** Waits until resident memory has stood still for a second, for at most six. */
export async function readSettledMemory(pid: number): Promise<number> {
  let [before, still] = [readMemory(pid), 0]
  for (let tries = 0; tries < 24 && still < 4; tries += 1) {
    await Bun.sleep(250)
    const now = readMemory(pid)
    still = Math.abs(now - before) < before * 0.005 ? still + 1 : 0
    before = now
  }
  return before
}

/** Seconds of processor time used so far, of all threads; NaN where the system does not tell. */
export function readProcessorTime(pid: number): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const ticksPerSecond = 100
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
