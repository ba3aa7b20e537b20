/** What scenes are made of: a real server, in this process or one of its own, and people with devices. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { callOnce, connect, type Client, type ClientState } from '@rookery/client'
import type { MessageRow, Output } from '@rookery/protocol'
import { createPasswords, readConfig, startServer, type RunningServer, type ServerOptions } from '@rookery/server'

export type Settings = Readonly<Record<string, string>>

/** Everything a scene does not say. */
const settings: Settings = {
  DATABASE_URL: '',
  ROOKERY_LOG: 'error',
  ROOKERY_UDP: 'off',
  ROOKERY_RATE: '100000',
  ROOKERY_RATE_VISITOR: '100000',
  ROOKERY_CONTACTS: 'open',
}

export const password = 'correct horse'

/** A folder of its own below the system's temporary one. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rookery-test-'))
}

/** A port below those that the system gives to outgoing connections. */
export function choosePort(): number {
  return 12_000 + Math.floor(Math.random() * 20_000)
}

/** The cluster that scenes run on, if it is not SQLite: scenes-on-postgres.test.ts names it. */
export const clusterName = 'ROOKERY_TEST_POSTGRES'

/** A folder of its own, or a database; none for a scene that says itself what to open. */
async function makeStore(given: Settings): Promise<Settings> {
  const url = process.env[clusterName]
  if (url === undefined || given.ROOKERY_DATA !== undefined || given.DATABASE_URL !== undefined)
    return { ROOKERY_DATA: makeFolder() }
  const name = `scene_${crypto.randomUUID().replaceAll('-', '')}`
  const sql = new SQL(url)
  await sql.unsafe(`CREATE DATABASE ${name}`)
  await sql.close()
  return { ROOKERY_DATA: makeFolder(), DATABASE_URL: Object.assign(new URL(url), { pathname: name }).href }
}

/** A server in this process, with passwords that cost next to nothing. */
export async function startTestServer(given: Settings = {}, options: ServerOptions = {}): Promise<RunningServer> {
  const passwords = createPasswords({ memoryCost: 8, timeCost: 1 })
  const store = await makeStore(given)
  for (let attempt = 1; ; attempt += 1) {
    const read = readConfig({ ...settings, ...store, PORT: String(choosePort()), ...given })
    if (!read.ok) throw new Error(read.problem)
    try {
      return await startServer(read.config, { passwords, ...options })
    } catch (error) {
      const inUse = (error as { code?: unknown }).code === 'EADDRINUSE'
      if (!inUse || given.PORT !== undefined || attempt === 5) throw error
    }
  }
}

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Everything it printed. */
  readonly output: () => string
  /** SIGKILL, as a crash. */
  kill(): Promise<void>
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number>
}

/** A server in a process of its own, ready to serve. */
export async function spawnServer(given: Settings = {}): Promise<ServerProcess> {
  const port = given.PORT ?? String(choosePort())
  const url = `http://127.0.0.1:${port}`
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../packages/cli/main.ts'), 'serve'], {
    env: { ...process.env, ...settings, ROOKERY_DATA: makeFolder(), ...given, PORT: port },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  let printed = ''
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) printed += Buffer.from(chunk).toString()
  }
  void collect(child.stdout)
  void collect(child.stderr)
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The server ended at once:\n${printed}`)
    return (await fetch(`${url}/healthz`).catch(() => null))?.ok ?? false
  })
  return {
    url,
    pid: child.pid,
    output: () => printed,
    async kill() {
      child.kill('SIGKILL')
      await child.exited
    },
    stop() {
      child.kill('SIGTERM')
      return child.exited
    },
  }
}

/** Waits, for at most ten seconds, until something is true. */
export async function until(isTrue: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const deadline = performance.now() + milliseconds
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Still not true after ${milliseconds} ms: ${isTrue.toString()}`)
    await Bun.sleep(5)
  }
}

/** How many milliseconds it took until something was true. */
export async function measure(isTrue: () => boolean | Promise<boolean>, milliseconds?: number): Promise<number> {
  const began = performance.now()
  await until(isTrue, milliseconds)
  return performance.now() - began
}

export type LogIn = Output<'sessions.logIn'>

export async function signUp(url: string, name: string): Promise<LogIn> {
  const answer = await callOnce(url, 'accounts.signUp', { name, password, confirm: password })
  if (!answer.ok) throw new Error(`Sign-up of ${name}: ${answer.code}`)
  return answer.value
}

export async function logIn(url: string, login: string): Promise<LogIn> {
  const answer = await callOnce(url, 'sessions.logIn', { login, password })
  if (!answer.ok) throw new Error(`Log-in of ${login}: ${answer.code}`)
  return answer.value
}

/** A device, connected and in step. */
export async function connectDevice(url: string, token: string): Promise<Client> {
  const client = connect({ url, token })
  await waitFor(client, ({ connection, synced }) => connection.kind === 'online' && synced)
  return client
}

/** Waits until a client's state is as wished. */
export async function waitFor(client: Client, isAsWished: (state: ClientState) => boolean): Promise<void> {
  if (isAsWished(client.state())) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`Never came true: ${isAsWished.toString()}`)), 10_000)
  const stop = client.subscribe(() => {
    if (isAsWished(client.state())) resolve()
  })
  await promise.finally(() => {
    clearTimeout(timer)
    stop()
  })
}

/** Two people who are contacts, and their conversation. */
/** What a message says; undefined where it is no text. */
export function textOf(row: Pick<MessageRow, 'body'> | undefined): string | undefined {
  return row?.body.kind === 'text' ? row.body.text : undefined
}

export async function makePair(url: string): Promise<{ one: LogIn; other: LogIn; conversation: number }> {
  const mark = crypto.randomUUID().slice(0, 8)
  const [one, other] = await Promise.all([signUp(url, `one ${mark}`), signUp(url, `other ${mark}`)])
  const added = await callOnce(url, 'contacts.request', { number: other.me.number }, { token: one.token })
  if (!added.ok) throw new Error(`Contact request: ${added.code}`)
  const answer = await callOnce(url, 'sync', { rev: 0 }, { token: one.token })
  const conversation = answer.ok ? answer.value.memberships[0]?.conversation : undefined
  if (conversation === undefined) throw new Error('The two have no conversation.')
  return { one, other, conversation }
}
