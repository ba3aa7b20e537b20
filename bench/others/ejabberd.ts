/** ejabberd, a server of XMPP: without an archive, with one in Mnesia, with one in SQLite. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { password } from '../load/texts.ts'
import { libraryFolders, locate } from './packages.ts'
import type { OtherServer } from './server.ts'
import { countRows, createWalDatabase } from './wal-database.ts'

type Archive = 'mnesia' | 'sqlite' | null

const ejabberd = (archive: Archive): OtherServer => ({
  name: archive === null ? 'ejabberd' : `ejabberd.${archive}`,
  protocol: 'xmpp',
  hasArchive: archive !== null,
  ...(archive === 'sqlite' && { countKept: (folder) => countRows(join(folder, 'archive.sqlite'), 'archive') }),
  configure({ folder, port, people }) {
    const settings = {
      hosts: ['localhost'],
      loglevel: 'error',
      listen: [
        {
          port,
          ip: '127.0.0.1',
          module: 'ejabberd_c2s',
          access: 'all',
          shaper: 'none',
          starttls: false,
          backlog: 1024,
        },
      ],
      acme: { auto: false },
      auth_method: ['internal'],
      auth_password_format: 'plain',
      max_fsm_queue: 1_000_000,
      modules: {
        mod_roster: {},
        ...(archive !== null && { mod_mam: { default: 'always', db_type: dbType(archive) } }),
      },
      ...(archive === 'sqlite' && { sql_type: 'sqlite', sql_database: createArchive(folder) }),
    }
    const file = join(folder, 'ejabberd.yml')
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(settings))
    const readyFile = join(folder, 'ready')
    const flags = [
      ['+K', 'true', '+P', '250000', '+Q', '65536', '-noinput'],
      ['-mnesia', 'dir', `"${join(folder, 'mnesia')}"`],
      ['-ejabberd', 'config', `"${file}"`, 'log_path', `"${join(folder, 'log')}"`],
      ['-s', 'ejabberd', '-eval', register(people, readyFile)],
    ].flat()
    return {
      command: [join(emulator(), 'erlexec'), ...flags],
      readyFile,
      env: {
        ROOTDIR: locate('usr/lib/erlang'),
        BINDIR: emulator(),
        EMU: 'beam',
        PROGNAME: 'erl',
        HOME: folder,
        ERL_CRASH_DUMP: '/dev/null',
        ERL_LIBS: [...libraryFolders(), locate('usr/lib/erlang/lib')].join(':'),
      },
    }
  },
})

const dbType = (archive: Exclude<Archive, null>) => (archive === 'sqlite' ? 'sql' : archive)

/** Its port is open before anybody has an account: the file says when all have. */
function register(people: readonly string[], done: string): string {
  const one = `ejabberd_auth:try_register(<<"u", (integer_to_binary(N))/binary>>, <<"localhost">>, <<"${password}">>)`
  return `[${one} || N <- lists:seq(0, ${people.length - 1})], file:write_file("${done}", <<>>).`
}

function createArchive(folder: string): string {
  const schema = libraryFolders()
    .flatMap((path) => readdirSync(path).map((name) => join(path, name, 'priv/sql/lite.sql')))
    .find(existsSync)
  if (schema === undefined) throw new Error('ejabberd comes without its tables.')
  return createWalDatabase(join(folder, 'archive.sqlite'), readFileSync(schema, 'utf8'))
}

function emulator(): string {
  const erlang = locate('usr/lib/erlang')
  const version = readdirSync(erlang).find((name) => name.startsWith('erts-'))
  if (version === undefined) throw new Error('There is no Erlang.')
  return join(erlang, version, 'bin')
}

export const ejabberdServers: readonly OtherServer[] = [ejabberd(null), ejabberd('mnesia'), ejabberd('sqlite')]
