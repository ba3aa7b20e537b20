/**
 * Makes a clone ready, in plain Node: `start` installs what the product needs and builds the web client; `test` also
 * what the tests need. What is there already costs a look.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const purpose = process.argv[2] ?? 'start'
const stampFile = join(root, 'node_modules/.rookery-ready')

installPackages(purpose === 'test')
buildWeb()
if (purpose === 'test') installBrowser()

/** The product needs no linter and no browser driver: leaving them out halves the first start. */
function installPackages(withDevelopment) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const wanted = `${withDevelopment ? 'all' : 'product'} ${hash(lock)}`
  const found = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (found === wanted || found === `all ${hash(lock)}`) return
  console.log('Installing packages …')
  const omit = withDevelopment ? [] : ['--omit=dev']
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...omit])
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, wanted)
}

function buildWeb() {
  const page = join(root, 'packages/web/dist/index.html')
  const sources = ['packages/web', 'packages/client', 'packages/protocol', 'package-lock.json']
  const newest = Math.max(...sources.map((source) => newestChange(join(root, source))))
  if (existsSync(page) && statSync(page).mtimeMs > newest) return
  console.log('Building the web client …')
  run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'packages/web', '--logLevel', 'warn'])
}

/** Debian's Chromium, for the browser scenes. */
function installBrowser() {
  if (existsSync('/usr/bin/chromium')) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error('The browser scenes need Chromium at /usr/bin/chromium: on Debian, apt-get install chromium.')
    process.exit(1)
  }
  console.log('Installing Chromium …')
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

function hash(text) {
  return createHash('sha256').update(text).digest('hex')
}
