/** The server under test: a process that is killed, restarted, backed up and put back. */
import { Database } from 'bun:sqlite'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { choosePort, makeFolder, spawnServer, type ServerProcess } from '../harness.ts'

export interface Subject {
  readonly url: string
  kill(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  /** Copies the database as it is now, of a running server or a stopped one; returns where it is. */
  backUp(): string
  /** Of a stopped server. `folder`: the mark of how far the history had come is put back too. */
  putBack(backup: string, what: 'database' | 'folder'): void
}

export async function startSubject(): Promise<Subject> {
  const data = makeFolder()
  const settings = { ROOKERY_DATA: data, PORT: String(choosePort()) }
  let server: ServerProcess = await spawnServer(settings)
  return {
    url: server.url,
    kill: () => server.kill(),
    async stop() {
      await server.stop()
    },
    async start() {
      server = await spawnServer(settings)
    },
    backUp() {
      const backup = makeFolder()
      copyIfThere(join(data, 'history.json'), join(backup, 'history.json'))
      const db = new Database(join(data, 'rookery.db'), { readonly: true })
      db.run('PRAGMA busy_timeout = 5000')
      db.query('VACUUM INTO $1').run(join(backup, 'rookery.db'))
      db.close()
      return backup
    },
    putBack(backup, what) {
      for (const ending of ['-wal', '-shm']) rmSync(join(data, `rookery.db${ending}`), { force: true })
      copyFileSync(join(backup, 'rookery.db'), join(data, 'rookery.db'))
      if (what === 'folder') copyIfThere(join(backup, 'history.json'), join(data, 'history.json'))
    },
  }
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) copyFileSync(from, to)
}
