/** How long the disk takes to promise a page: write over what is there, then fdatasync, as a write-ahead log does. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { quantile } from '../statistics.ts'
import type { Job, Results } from './jobs.ts'

const page = Buffer.alloc(4096, 7)
const pages = 1000

export function measureFsync({ folder, count }: Extract<Job, { kind: 'fsync' }>): Results['fsync'] {
  const file = openSync(join(folder, 'fsync'), 'w')
  writeSync(file, Buffer.alloc(page.length * pages), 0, page.length * pages, 0)
  fdatasyncSync(file)
  const times = Float64Array.from({ length: count }, (_, index) => {
    const began = performance.now()
    writeSync(file, page, 0, page.length, (index % pages) * page.length)
    fdatasyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}
