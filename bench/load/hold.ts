/** Many connections that do nothing. They stay open until the load process ends. */
import type { Job, Results } from './jobs.ts'
import { connect } from './log-in.ts'
import { dialects, nameOf } from './dialects.ts'
import { fail } from './settle.ts'

const atOnce = 100

export function hold({ port, count, tokens }: Extract<Job, { kind: 'hold' }>): Promise<Results['hold']> {
  const receiver = { frame: () => {}, flush: () => {}, lost: fail }
  return open(count, atOnce, (index) => connect(port, tokens?.[index % tokens.length] ?? null, receiver))
}

export function holdOthers(job: Extract<Job, { kind: 'hold-others' }>): Promise<Results['hold']> {
  const receiver = { acknowledged: () => {}, delivered: () => {}, flush: () => {}, lost: fail }
  const dialect = dialects[job.protocol]
  return open(job.count, dialect.atOnce, (index) => dialect.connect(job.port, nameOf(index), receiver))
}

async function open(
  count: number,
  parallel: number,
  openOne: (index: number) => Promise<unknown>,
): Promise<{ rate: number }> {
  let next = 0
  const work = async () => {
    while (next < count) await openOne(next++)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: parallel }, work))
  return { rate: (count / (performance.now() - began)) * 1000 }
}
