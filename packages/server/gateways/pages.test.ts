import { expect, spyOn, test } from 'bun:test'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import zlib from 'node:zlib'
import { createPages, securityHeaders } from './pages.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'rookery-pages-')), 'dist')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(join(folder, '..', 'secret.txt'), 'secret')
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>index</title>')
writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}\n'.repeat(100))
writeFileSync(
  join(folder, 'assets', 'large-1a2b.js'),
  Buffer.from(crypto.getRandomValues(new Uint8Array(65_536)))
    .toString('hex')
    .repeat(4),
)
writeFileSync(join(folder, 'sw.js'), 'self.oninstall = null\n')
writeFileSync(join(folder, 'manifest.webmanifest'), '{"name":"one"}\n')
writeFileSync(join(folder, 'icon.png'), new Uint8Array([0x89, 0x50, 0x4e, 0x47]))

const pages = createPages(folder)
const get = async (path: string, accepted = '') =>
  pages(path, new Headers(accepted ? { 'accept-encoding': accepted } : {}))

test('a file is served under its type and the strict policy; one whose name says the content, for ever', async () => {
  const script = await get('/assets/app-1a2b.js')
  expect(script?.headers.get('content-type')).toContain('javascript')
  expect(script?.headers.get('cache-control')).toContain('immutable')
  expect(await script?.text()).toBe('export {}\n'.repeat(100))
  expect((await get('/index.html'))?.headers.get('cache-control')).toBe('no-cache')
  for (const [name, value] of Object.entries(securityHeaders)) expect(script?.headers.get(name)).toBe(value)
})

test('what makes the page installable has its type, and is never taken from a cache unasked', async () => {
  for (const [path, type] of [
    ['/sw.js', 'javascript'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/icon.png', 'image/png'],
    ['/', 'text/html'],
  ] as const) {
    expect((await get(path))?.headers.get('content-type')).toContain(type)
    expect((await get(path))?.headers.get('cache-control')).toBe('no-cache')
  }
})

test('exactly one policy may name scripts, and no text becomes one', async () => {
  const policy = (await get('/'))?.headers.get('content-security-policy')?.split('; ')
  expect(policy).toContain('trusted-types rookery')
  expect(policy).toContain(`require-trusted-types-for 'script'`)
})

test('screens have addresses of their own; a missing file is missing', async () => {
  for (const path of ['/', '/chat/5', '/join']) expect(await (await get(path))?.text()).toContain('index')
  for (const path of ['/missing.js', '/assets/missing', '/assets/app-0000.js', '/favicon.ico', '/sw.map'])
    expect(await get(path)).toBeNull()
})

test('nothing outside the folder can be asked for', async () => {
  const tricks = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/\0',
  ]
  for (const path of tricks) expect((await (await get(path))?.text()) ?? '').not.toContain('secret')
})

test('text is sent compressed to who can read it, and means the same', async () => {
  const plain = await (await get('/assets/app-1a2b.js'))?.text()
  const gzip = await get('/assets/app-1a2b.js', 'gzip, deflate')
  expect(gzip?.headers.get('content-encoding')).toBe('gzip')
  expect(Buffer.from(Bun.gunzipSync(await (gzip ?? new Response()).bytes())).toString()).toBe(plain ?? '')
  expect((await get('/assets/app-1a2b.js', 'gzip, br'))?.headers.get('content-encoding')).toBe('br')
  expect((await get('/icon.png', 'gzip, br'))?.headers.get('content-encoding')).toBeNull()
})

test.each([
  ['br;q=0, gzip;q=0', null],
  ['br;q=0, gzip', 'gzip'],
  ['br; q=0.000 ,gzip;q=0.5', 'gzip'],
  ['gzip;q=1, br;q=0.001', 'br'],
  ['GZIP, BR;Q=0', 'gzip'],
  ['identity', null],
  ['x-br, xgzip', null],
])('of %p it is %p that is taken', async (accepted, encoding) => {
  expect((await get('/assets/app-1a2b.js', accepted))?.headers.get('content-encoding') ?? null).toBe(encoding)
})

test('a file is compressed once, however many ask, and meanwhile others are served', async () => {
  const compress = spyOn(zlib, 'brotliCompress')
  const asked = Array.from({ length: 10 }, () => get('/assets/large-1a2b.js', 'br'))
  let done = 0
  for (const each of asked) void each.then(() => (done += 1))
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
  expect(await (await get('/sw.js'))?.text()).toContain('oninstall')
  expect(done).toBe(0)
  const sizes = (await Promise.all(asked)).map(async (answer) => (await answer?.bytes())?.length)
  expect(new Set(await Promise.all(sizes)).size).toBe(1)
  expect(compress).toHaveBeenCalledTimes(1)
  compress.mockRestore()
})

test('without a built client there are no pages, and no error', () => {
  expect(createPages(join(folder, 'nothing'))('/', new Headers())).toBeNull()
})

test('what the build has compressed is read, not made, and is no page of its own', async () => {
  const built = mkdtempSync(join(tmpdir(), 'rookery-pages-'))
  writeFileSync(join(built, 'index.html'), 'index')
  writeFileSync(join(built, 'index.html.br'), 'as brotli')
  writeFileSync(join(built, 'index.html.gz'), 'as gzip')
  const find = createPages(built)
  const ask = async (path: string, accepted: string) => find(path, new Headers({ 'accept-encoding': accepted }))
  expect(await (await ask('/', 'gzip, br'))?.text()).toBe('as brotli')
  const zipped = await ask('/', 'gzip')
  expect(await zipped?.text()).toBe('as gzip')
  expect(zipped?.headers.get('content-encoding')).toBe('gzip')
  expect(await (await ask('/', 'identity'))?.text()).toBe('index')
  expect(await ask('/index.html.br', '')).toBeNull()
})
