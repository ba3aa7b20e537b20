/** Starts what is measured, in a process of its own: Rookery, or the bare server that it is compared with. */
import { join } from 'node:path'
import { cores, spawn, stopChild, type Child } from './processes.ts'

export interface ServerProcess {
  readonly port: number
  readonly pid: number
  /** Milliseconds from the start of the process until it was ready: for ours, the first answer 200 on /healthz. */
  readonly readyAfter: number
  stop(): Promise<void>
}

const rookery = join(import.meta.dir, '../packages/cli/main.ts')
const bareServer = join(import.meta.dir, 'bare-server.ts')

/** @param given settings beyond those of every measurement. */
export function startRookery(folder: string, given: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  return start((port) =>
    spawn(cores.measured, rookery, ['serve'], {
      PORT: String(port),
      ROOKERY_DATA: folder,
      ROOKERY_UDP: `127.0.0.1:${port}`,
      ROOKERY_UDP_RATE: '1000000',
      ROOKERY_UDP_RATE_ALL: '1000000',
      ROOKERY_LOG: 'error',
      ROOKERY_CONTACTS: 'open',
      ROOKERY_RATE: '1000000',
      ROOKERY_RATE_VISITOR: '1000000',
      ...given,
    }),
  )
}

export function startBareServer(): Promise<ServerProcess> {
  return start((port) => spawn(cores.measured, bareServer, [], { PORT: String(port) }))
}

/** @param isReady asked again and again until it says so. */
export async function start(
  launch: (port: number) => Child,
  isReady: (port: number) => Promise<boolean> = isHealthy,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    // Below the ports that the system gives to outgoing connections, of which there will be thousands.
    const port = 12_000 + Math.floor(Math.random() * 20_000)
    const began = performance.now()
    const child = launch(port)
    if (await becomesReady(child, () => isReady(port))) {
      return { port, pid: child.pid, readyAfter: performance.now() - began, stop: () => stopChild(child) }
    }
    const said = await new Response(child.stderr).text()
    await stopChild(child)
    if (!/in use|EADDRINUSE/i.test(said) || attempt === 5) throw new Error(`The server did not start.\n${said}`)
  }
}

async function becomesReady(child: Child, isReady: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline && child.exitCode === null) {
    if (await isReady()) return true
    await Bun.sleep(1)
  }
  return false
}

async function isHealthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
  return answer?.ok ?? false
}
