/**
 * Makes a clone ready, in plain Node: `start` installs what the product needs and builds the web client; `test` also
 * what the tests need. What is there already costs a look.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const purpose = process.argv[2] ?? 'start'

installPackages(purpose === 'test')
buildWeb()
if (purpose === 'test') installPrograms()

/**
 * npm keeps its own copy of the lock file beside what it installed: older than ours means outdated. The product needs
 * no linter and no browser driver: leaving them out halves the first start.
 */
function installPackages(withDevelopment) {
  const installed = join(root, 'node_modules/.package-lock.json')
  const isCurrent = existsSync(installed) && changedAt(installed) >= changedAt(join(root, 'package-lock.json'))
  const isComplete = !withDevelopment || existsSync(join(root, 'node_modules/playwright-core'))
  if (isCurrent && isComplete) return
  console.error('Installing packages …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(withDevelopment ? [] : ['--omit=dev'])])
}

function buildWeb() {
  const page = join(root, 'packages/web/dist/index.html')
  const sources = ['packages/web', 'packages/client', 'packages/protocol', 'package-lock.json']
  const newest = Math.max(...sources.map((source) => newestChange(join(root, source))))
  if (existsSync(page) && changedAt(page) > newest) return
  console.error('Building the web client …')
  run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'packages/web', '--logLevel', 'warn'])
}

/** What scenes run beside the product, by the file that says it is there: Debian's packages. */
function installPrograms() {
  const programs = [
    ['/usr/bin/chromium', ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']],
    ['/usr/lib/postgresql', ['postgresql']],
    ['/usr/sbin/nats-server', ['nats-server']],
  ]
  const missing = programs.flatMap(([file, packages]) => (existsSync(file) ? [] : packages))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`Some scenes need programs that are missing: on Debian, apt-get install ${missing.join(' ')}.`)
    process.exit(1)
  }
  console.error(`Installing ${missing.join(', ')} …`)
  preventCluster()
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', UCF_FORCE_CONFFOLD: '1' } }
  run('apt-get', ['update', '-qq'], options)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options)
}

/** Tests start PostgreSQL clusters of their own: Debian's package is not to make one and run it. */
function preventCluster() {
  const file = '/etc/postgresql-common/createcluster.conf'
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, 'create_main_cluster = false\n')
}

function newestChange(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  const generated = new Set(['dist', 'node_modules'])
  const inside = readdirSync(path).filter((name) => !generated.has(name))
  return Math.max(0, ...inside.map((name) => newestChange(join(path, name))))
}

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    ...options,
  })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`)
  process.exit(status ?? 1)
}

function changedAt(path) {
  return statSync(path).mtimeMs
}
