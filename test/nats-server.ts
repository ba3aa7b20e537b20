/** A NATS server of one's own for a test: started, stopped, killed, frozen and started again on the same port. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface NatsServer {
  readonly url: string
  readonly pid: number
  /** SIGTERM, or SIGKILL as a crash; resolves when it is gone. */
  stop(how?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** On the same port, with nothing remembered. */
  start(): Promise<void>
  /** Nothing passes and nothing is closed, as behind a wire that was cut, until `thaw`. */
  freeze(): void
  thaw(): void
}

/**
 * @param config lines for its configuration file.
 * @param program Debian's package is `nats-server`.
 */
export async function startNatsServer(config = '', program = 'nats-server'): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rookery-nats-'))
  const file = join(folder, 'nats.conf')
  let port = 0
  let child: ReturnType<typeof spawn> | null = null
  // Whatever becomes of the tests, it does not stay behind.
  process.on('exit', () => child?.kill('SIGKILL'))

  function spawn() {
    writeFileSync(file, `listen: "127.0.0.1:${port}"\n${config}\n`)
    return Bun.spawn([program, '-c', file], { stdout: 'ignore', stderr: 'ignore' })
  }

  /** False where the port is another's. */
  async function start(): Promise<boolean> {
    const started = spawn()
    child = started
    for (const deadline = performance.now() + 10_000; performance.now() < deadline; await Bun.sleep(10)) {
      if (started.exitCode !== null) return false
      if (await isListening(port)) return true
    }
    throw new Error('nats-server did not begin to listen.')
  }

  for (let attempt = 1; ; attempt += 1) {
    port = 12_000 + Math.floor(Math.random() * 20_000)
    if (await isListening(port)) continue
    if (await start()) break
    if (attempt === 5) throw new Error('nats-server ends at once.')
  }

  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      return child?.pid ?? 0
    },
    async stop(how = 'SIGTERM') {
      child?.kill('SIGCONT')
      child?.kill(how)
      await child?.exited
    },
    async start() {
      if (!(await start())) throw new Error('nats-server ended at once.')
    },
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
