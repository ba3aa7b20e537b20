/**
 * The other servers as Debian packages them: unpacked below node_modules and never installed, so that nothing of the
 * machine's own changes, no service starts, and nobody needs to be root.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '../../node_modules/.cache/rookery-bench')
const packages = ['ejabberd', 'erlang-p1-sqlite3', 'prosody', 'lua-dbi-sqlite3', 'inspircd', 'mosquitto']

/** Where a file of a package is: unpacked, or installed before, as parts that other programs need may be. */
export function locate(path: string): string {
  const unpacked = join(root, path)
  return existsSync(unpacked) ? unpacked : join('/', path)
}

/** Where the unpacked programs find what they are linked with. */
export function libraryFolders(): readonly string[] {
  const names = readdirSync(join(root, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu'))
  return names.map((name) => join(root, 'usr/lib', name))
}

export function unpackPackages(): { readonly ok: true } | { readonly ok: false; readonly problem: string } {
  if (existsSync(root)) return { ok: true }
  if (!Bun.which('apt-get') || !Bun.which('dpkg-deb')) return { ok: false, problem: 'this is no Debian' }
  const part = `${root}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(join(part, 'archives/partial'), { recursive: true })

  console.error(`Downloading ${packages.join(', ')} to ${root} (about 40 MB, once) …`)
  const problem = download(join(part, 'archives'))
  if (problem !== null) return { ok: false, problem }
  for (const name of readdirSync(join(part, 'archives')).filter((it) => it.endsWith('.deb'))) {
    run(['dpkg-deb', '-x', join(part, 'archives', name), part])
  }
  rmSync(join(part, 'archives'), { recursive: true })
  renameSync(part, root)
  return { ok: true }
}

/** Asks apt for what it would install, without its locks, which only root has; returns what went wrong. */
function download(folder: string): string | null {
  const settings = ['-o', `Dir::Cache::archives=${folder}`, '-o', 'Debug::NoLocking=1']
  const flags = ['-y', '-qq', '--no-install-recommends', '--download-only', '--reinstall']
  const command = ['apt-get', 'install', ...flags, ...settings, ...packages]
  const problem = run(command)
  if (problem === null || process.getuid?.() !== 0) return problem
  // The lists of packages may be old or missing.
  return run(['apt-get', 'update', '-qq']) ?? run(command)
}

function run(command: string[]): string | null {
  const { success, stdout, stderr } = Bun.spawnSync(command, { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  return success
    ? null
    : `${command[0]} failed: ${`${stderr.toString()}${stdout.toString()}`.trim().split('\n').at(-1)}`
}
