/** Many connections that do nothing. They stay open until the load process ends. */
import type { Job, Results } from './jobs.ts'
import { connect } from './log-in.ts'
import { fail } from './settle.ts'

const atOnce = 100

export async function hold({ port, count, tokens }: Extract<Job, { kind: 'hold' }>): Promise<Results['hold']> {
  const receiver = { frame: () => {}, flush: () => {}, lost: fail }
  let next = 0
  const work = async () => {
    while (next < count) {
      const token = tokens?.[next % tokens.length] ?? null
      next += 1
      await connect(port, token, receiver)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, work))
  return { rate: (count / (performance.now() - began)) * 1000 }
}
