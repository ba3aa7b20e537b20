/**
 * Makes a clone ready, in plain Node: `start` installs what the product needs and builds the web client; `test` also
 * what the tests need. What is there already costs a look.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const purpose = process.argv[2] ?? 'start'

installPackages(purpose === 'test')
buildWeb()
if (purpose === 'test') installBrowser()

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

/** Debian's Chromium, for the browser scenes. */
function installBrowser() {
  if (existsSync('/usr/bin/chromium')) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error('The browser scenes need Chromium at /usr/bin/chromium: on Debian, apt-get install chromium.')
    process.exit(1)
  }
  console.error('Installing Chromium …')
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  run('apt-get', ['update', '-qq'], options)
  run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
    options,
  )
}

function newestChange(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  const generated = new Set(['dist', 'paraglide', 'node_modules'])
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
