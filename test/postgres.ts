/** A PostgreSQL cluster of the tests' own: own folder, own port, never the machine's service. */
import { afterAll, beforeAll } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Cluster {
  readonly port: number
  /** Of all processes that it has now. */
  pids(): number[]
  /** Makes an empty database; its URL. */
  createDatabase(options?: string): Promise<string>
  /** Dumps one database into another, empty one. */
  copy(from: string, to: string): Promise<void>
  /** Runs statements in a database, and answers the last one's rows, columns separated by `|`. */
  query(url: string, sql: string): Promise<string>
  /** Makes it recover, at its next start, as from a backup: what follows is another time line. */
  recoverAtStart(): Promise<void>
  /** Stops it, cutting connections; `crash` is SIGKILL to all of its processes at once. */
  stop(how: 'fast' | 'crash'): Promise<void>
  /** After `stop`: the same data on the same port. */
  start(): Promise<void>
  /** Ends it, and deletes its folder. */
  remove(): Promise<void>
  /** Makes it stop answering, with its connections open, until `thaw`. */
  freeze(): void
  thaw(): void
}

const bin = findBin()
const isRoot = process.getuid?.() === 0

/** PostgreSQL's programs, wherever Debian put them; the newest. */
function findBin(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? '' : `/usr/lib/postgresql/${newest}/bin/`
}

/** PostgreSQL refuses to run as root; and it ends with the process that started it, however that ends. */
function spawn(program: string, args: readonly string[], log = '/dev/null') {
  const asPostgres = isRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : []
  return Bun.spawn(['setpriv', '--pdeathsig', 'QUIT', ...asPostgres, `${bin}${program}`, ...args], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' },
    stdin: 'ignore',
    stdout: Bun.file(log),
    stderr: Bun.file(log),
  })
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const child = Bun.spawn([`${bin}${program}`, ...args], { cwd: '/', stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  if ((await child.exited) !== 0) throw new Error(`${program}: ${err}`)
  return out
}

function query(url: string, sql: string): Promise<string> {
  return run('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', url, '-c', sql])
}

/**
 * Makes and starts one. It ends with this process, if `remove` did not end it before.
 * @param given settings of postgresql.conf.
 */
export async function startCluster(given: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'rookery-postgres-'))
  if (isRoot) Bun.spawnSync(['chown', 'postgres', folder])
  const data = join(folder, 'data')
  const made = spawn('initdb', ['-D', data, '-A', 'trust', '-U', 'rookery', '-E', 'UTF8', '--no-locale', '--no-sync'])
  if ((await made.exited) !== 0) throw new Error(`initdb failed in ${folder}.`)
  const port = 12_000 + Math.floor(Math.random() * 20_000)
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    restore_command: 'false',
    // Its own transactions would move the numbers that tests compare.
    autovacuum: 'off',
    ...given,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = join(folder, 'log')
  const addressOf = (database: string) => `postgres://rookery@127.0.0.1:${port}/${database}`
  let server: ReturnType<typeof spawn> | null = null
  let databases = 0

  async function start(): Promise<void> {
    const deadline = performance.now() + 20_000
    server = spawn('postgres', ['-D', data, ...args], log)
    for (;;) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`)
      if (await query(addressOf('postgres'), 'SELECT 1').catch(() => null)) return
      if (performance.now() > deadline) throw new Error(`PostgreSQL does not answer:\n${readFileSync(log, 'utf8')}`)
      await Bun.sleep(20)
    }
  }

  /** All at once: the first, which would start the others again, is stopped while they are found. */
  function signalAll(signal: NodeJS.Signals): readonly number[] {
    if (server === null) return []
    server.kill('SIGSTOP')
    const all = [...childrenOf(server.pid), server.pid]
    for (const pid of all) {
      try {
        process.kill(pid, signal)
      } catch {
        // It ended by itself meanwhile.
      }
    }
    return all
  }

  async function crash(): Promise<void> {
    const killed = signalAll('SIGKILL')
    await server?.exited
    // Its memory is free for the next one when the last of them is gone.
    while (killed.some((pid) => readProcess(pid)?.isRunning)) await Bun.sleep(2)
    server = null
  }

  await start()

  return {
    port,
    pids: () => (server === null ? [] : [server.pid, ...childrenOf(server.pid)]),
    async createDatabase(options = '') {
      databases += 1
      await query(addressOf('postgres'), `CREATE DATABASE rookery_${databases} ${options}`)
      return addressOf(`rookery_${databases}`)
    },
    query,
    async copy(from, to) {
      const dump = join(folder, 'dump')
      await run('pg_dump', ['--file', dump, from])
      await run('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', to, '-f', dump])
    },
    async recoverAtStart() {
      await Bun.write(join(data, 'recovery.signal'), '')
    },
    async stop(how) {
      if (how === 'crash') return crash()
      server?.kill('SIGINT')
      await server?.exited
      server = null
    },
    start,
    async remove() {
      await crash()
      rmSync(folder, { recursive: true, force: true })
    },
    freeze: () => void signalAll('SIGSTOP'),
    thaw: () => void signalAll('SIGCONT'),
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => readProcess(other)?.parent === pid)
}

/** Null where there is none. Before its state and its parent stands its name, which may hold spaces and parentheses. */
function readProcess(pid: number): { isRunning: boolean; parent: number } | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return { isRunning: state !== 'Z' && state !== 'X', parent: Number(parent) }
  } catch {
    return null
  }
}

/** One for all tests of a file, called at its top. */
export function useCluster(given: Readonly<Record<string, string>> = {}): () => Cluster {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster(given)
  })
  afterAll(() => cluster.remove())
  return () => cluster
}
