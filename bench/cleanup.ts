/** What must be gone when the run ends, however it ends: child processes and scratch folders. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const tasks = new Set<() => void>()

/** Returns the way to do it earlier. */
export function atEnd(task: () => void): () => void {
  tasks.add(task)
  return () => {
    if (tasks.delete(task)) task()
  }
}

process.on('exit', () => {
  for (const task of [...tasks].reverse()) task()
})
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => process.exit(code))
}

export interface Scratch {
  readonly path: string
  remove(): void
}

export function makeScratch(parent: string): Scratch {
  const path = mkdtempSync(join(parent, 'rookery-bench-'))
  return { path, remove: atEnd(() => rmSync(path, { recursive: true, force: true })) }
}

export async function withScratch<Value>(scratch: Scratch, use: (folder: string) => Promise<Value>): Promise<Value> {
  try {
    return await use(scratch.path)
  } finally {
    scratch.remove()
  }
}
