/** Prosody, a server of XMPP: without an archive, with one in files, with one in SQLite. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { password } from '../load/texts.ts'
import { libraryFolders, locate } from './packages.ts'
import { isRoot, type OtherServer } from './server.ts'
import { countRows, createWalDatabase } from './wal-database.ts'

type Archive = 'files' | 'sqlite' | null

const prosody = (archive: Archive): OtherServer => ({
  name: archive === null ? 'prosody' : `prosody.${archive}`,
  protocol: 'xmpp',
  hasArchive: archive !== null,
  ...(archive === 'sqlite' && { countKept: (folder) => countRows(join(folder, 'archive.sqlite'), 'prosodyarchive') }),
  configure({ folder, port, people }) {
    const accounts = join(folder, 'localhost/accounts')
    mkdirSync(accounts, { recursive: true })
    for (const name of people) writeFileSync(join(accounts, `${name}.dat`), `return { password = "${password}" };`)

    const settings = [
      `data_path = "${folder}"`,
      `pidfile = "${join(folder, 'pid')}"`,
      'daemonize = false',
      // Thrice the log-ins of Lua's usual way.
      'gc = { mode = "generational" }',
      `run_as_root = ${isRoot}`,
      'log = { error = "*console" }',
      'interfaces = { "127.0.0.1" }',
      `c2s_ports = { ${port} }`,
      'network_backend = "epoll"',
      'network_settings = { tcp_backlog = 1024 }',
      `modules_enabled = { "roster", "saslauth"${archive === null ? '' : ', "mam"'} }`,
      'modules_disabled = { "s2s" }',
      'c2s_require_encryption = false',
      'allow_unencrypted_plain_auth = true',
      'authentication = "internal_plain"',
      'archive_expires_after = "never"',
      'default_archive_policy = true',
      ...(archive === 'sqlite' ? sqliteSettings(folder) : []),
      'VirtualHost "localhost"',
    ]
    writeFileSync(join(folder, 'prosody.cfg.lua'), settings.join('\n'))
    // What starts it knows only where a package installs it.
    const script = join(folder, 'prosody.lua')
    writeFileSync(
      script,
      readFileSync(locate('usr/bin/prosody'), 'utf8').replaceAll('/usr/lib/prosody', locate('usr/lib/prosody')),
    )
    return {
      command: [locate('usr/bin/lua5.4'), script, '--config', join(folder, 'prosody.cfg.lua')],
      env: {
        LUA_PATH: `${locate('usr/share/lua/5.4')}/?.lua;;`,
        LUA_CPATH: [...libraryFolders().map((path) => join(path, 'lua/5.4/?.so')), ';'].join(';'),
      },
    }
  },
})

function sqliteSettings(folder: string): readonly string[] {
  const file = createWalDatabase(join(folder, 'archive.sqlite'))
  return [`sql = { driver = "SQLite3", database = "${file}" }`, 'storage = { archive = "sql" }']
}

export const prosodyServers: readonly OtherServer[] = [prosody(null), prosody('files'), prosody('sqlite')]
