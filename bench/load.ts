/** Gives a job to a load process of its own. */
import { join } from 'node:path'
import type { Job, Results } from './load/jobs.ts'
import { cores, spawn } from './processes.ts'

const script = join(import.meta.dir, 'load/main.ts')

export interface RunningLoad<Result> {
  readonly result: Result
  /** Connections that the load opened are open until then. */
  end(): Promise<void>
}

export async function startLoad<const Given extends Job>(
  job: Given,
  core: number = cores.load,
): Promise<RunningLoad<Results[Given['kind']]>> {
  const child = spawn(core, script)
  void child.stdin.write(`${JSON.stringify(job)}\n`)
  await child.stdin.flush()
  const line = await readLine(child.stdout)
  if (line === null) throw new Error(`The load failed (${job.kind}): ${await new Response(child.stderr).text()}`)
  return {
    result: JSON.parse(line) as Results[Given['kind']],
    async end() {
      await child.stdin.end()
      await child.exited
    },
  }
}

export async function runLoad<const Given extends Job>(job: Given, core?: number): Promise<Results[Given['kind']]> {
  const load = await startLoad(job, core)
  await load.end()
  return load.result
}

async function readLine(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  let text = ''
  for await (const chunk of stream) {
    text += Buffer.from(chunk).toString()
    const end = text.indexOf('\n')
    if (end >= 0) return text.slice(0, end)
  }
  return null
}
