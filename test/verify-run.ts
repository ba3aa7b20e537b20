/** `rookery verify` as a scene runs it: in a process of its own. */
import { join } from 'node:path'
import type { Report } from '../packages/cli/verify/report.ts'
import { makeFolder, type Settings } from './harness.ts'

export interface Running {
  readonly exited: Promise<number>
  readonly pid: number
  readonly output: () => Promise<string>
  readonly errors: () => Promise<string>
}

export const startVerify = (args: readonly string[], settings: Settings = {}): Running =>
  startCommand(['verify', ...args], settings)

export function startCommand(args: readonly string[], settings: Settings): Running {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../packages/cli/main.ts'), ...args], {
    env: { ...process.env, ROOKERY_DATA: makeFolder(), ...settings },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [output, errors] = [child.stdout, child.stderr].map((stream) => new Response(stream).text())
  return {
    exited: child.exited,
    pid: child.pid,
    output: () => output ?? Promise.resolve(''),
    errors: () => errors ?? Promise.resolve(''),
  }
}

export async function readReport({ output, errors }: Running): Promise<Report> {
  const text = await output()
  if (text === '') throw new Error(await errors())
  return JSON.parse(text) as Report
}

export const faultless = {
  lost: 0,
  doubled: 0,
  disordered: 0,
  changed: 0,
  gaps: 0,
  foreign: 0,
  refused: 0,
  differing_devices: 0,
  pointer_faults: 0,
  unread_faults: 0,
  faults: [],
  fault_count: 0,
}
