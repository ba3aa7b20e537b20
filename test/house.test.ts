/** The house's own rules (docs: ARCHITECTURE.md), held against every file. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { errors, type ErrorCode } from '@rookery/protocol'
import { operations } from '@rookery/protocol/schemas'
import { handlers } from '../packages/server/core/handlers.ts'

const root = join(import.meta.dir, '..')

interface File {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const files = [...new Bun.Glob('{packages,test,bench,scripts}/**/*.{ts,tsx,mjs}').scanSync({ cwd: root })]
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
  .toSorted()
  .map((path): File => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, imports: findImports(text) }
  })

/** Every module that is named, be it for its types only, as `import('…')` or as a Worker's address. */
function findImports(text: string): string[] {
  const code = text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ]
  return patterns.flatMap((pattern) => Array.from(code.matchAll(pattern), ([, specifier = '']) => specifier))
}

const isTest = ({ path }: File) => /\.test\.tsx?$|(^|\/)contract(\.ts$|\/)|^test\/|^bench\//.test(path)

/** The rooms of DESIGN.md's table; the first that a path lies in. */
const rooms = [
  ['protocol', /^packages\/protocol\//],
  ['core/ports', /^packages\/server\/core\/(\w+-)*ports\.ts$/],
  ['core', /^packages\/server\/core\//],
  ['store', /^packages\/server\/store\//],
  ['bus', /^packages\/server\/bus\//],
  ['files', /^packages\/server\/files\//],
  ['gateways', /^packages\/server\/gateways\//],
  ['jobs', /^packages\/server\/jobs\//],
  ['settings', /^packages\/server\/(config|log|metrics|networks|version)\.ts$/],
  ['main', /^packages\/server\/[^/]+\.ts$/],
  ['client', /^packages\/client\//],
  ['web', /^packages\/web\//],
  ['cli', /^packages\/cli\//],
  ['outside', /^(scripts|package\.json)/],
] as const

type Room = (typeof rooms)[number][0]

/**
 * Which rooms each may import, besides itself. `settings` are leaves that know no other room: the doors' own settings
 * and figures. What is not a room is a package: those that the table names, or `any`.
 */
const mayImport: Record<Room, { rooms: readonly Room[]; packages: readonly string[] | 'any' }> = {
  protocol: { rooms: [], packages: ['zod'] },
  'core/ports': { rooms: ['protocol'], packages: [] },
  core: { rooms: ['core/ports', 'protocol'], packages: ['node:crypto'] },
  store: { rooms: ['core/ports', 'protocol'], packages: 'any' },
  bus: { rooms: ['core/ports', 'protocol'], packages: 'any' },
  files: { rooms: ['core/ports', 'protocol'], packages: 'any' },
  gateways: { rooms: ['core', 'core/ports', 'protocol', 'settings'], packages: 'any' },
  jobs: { rooms: ['core', 'core/ports', 'protocol', 'settings'], packages: 'any' },
  settings: { rooms: ['outside'], packages: 'any' },
  main: {
    rooms: ['protocol', 'core', 'core/ports', 'store', 'bus', 'files', 'gateways', 'jobs', 'settings'],
    packages: 'any',
  },
  client: { rooms: ['protocol'], packages: ['idb'] },
  web: { rooms: ['client', 'protocol'], packages: 'any' },
  cli: { rooms: ['client', 'protocol', 'main', 'settings'], packages: 'any' },
  outside: { rooms: [], packages: 'any' },
}

const roomOf = (path: string): Room | undefined => rooms.find(([, pattern]) => pattern.test(path))?.[0]

/** The file from the root that a specifier means, or null for a package. */
function target(from: string, specifier: string): string | null {
  const workspace = /^@rookery\/(\w+)(?:\/(schemas))?$/.exec(specifier)
  if (workspace) return `packages/${workspace[1]}/${workspace[2] ?? 'mod'}.ts`
  if (!specifier.startsWith('.')) return null
  return relative(root, resolve(root, dirname(from), specifier.replace(/\?.*$/, ''))).replaceAll('\\', '/')
}

const inHouse = files.filter((file) => file.path.startsWith('packages/') && !isTest(file))

test('the search finds the house, and what it imports', () => {
  expect(inHouse.length).toBeGreaterThan(40)
  expect(findImports(`import type { A } from './a.ts'\nexport {\n  b,\n} from "b"\nimport './c.css'`)).toEqual([
    './a.ts',
    'b',
    './c.css',
  ])
  expect(findImports(`const d = await import('./d.ts')\nnew Worker(new URL('./e.ts', import.meta.url))`)).toEqual([
    './d.ts',
    './e.ts',
  ])
  const ports = files.find(({ path }) => path === 'packages/server/core/ports.ts')
  expect(ports?.imports).toContain('@rookery/protocol')
})

describe('every room imports only what its row of the table admits', () => {
  test.each(inHouse.map((file) => [file.path, file] as const))('%s', (path, file) => {
    const room = roomOf(path)
    if (!room) throw new Error('This file lies in no room of the table.')
    const allowed = mayImport[room]
    const broken = file.imports.filter((specifier) => {
      const to = target(path, specifier)
      if (to === null) return allowed.packages !== 'any' && !allowed.packages.includes(specifier)
      const toRoom = roomOf(to)
      return toRoom !== room && (toRoom === undefined || !allowed.rooms.includes(toRoom))
    })
    expect(broken).toEqual([])
  })
})

test('nobody reaches past a package’s mod.ts, nor a room of the server into another’s tests', () => {
  const broken = inHouse.flatMap(({ path, imports }) =>
    imports
      .filter((specifier) => {
        const to = target(path, specifier)
        if (to === null) return specifier.startsWith('@rookery/')
        const crosses = to.split('/')[1] !== path.split('/')[1]
        return (crosses && !specifier.startsWith('@rookery/') && to !== 'package.json') || /\.test\./.test(to)
      })
      .map((specifier) => `${path} imports ${specifier}`),
  )
  expect(broken).toEqual([])
})

test('there are no circles', () => {
  const graph = new Map(
    files.map(({ path, imports }) => [path, imports.map((specifier) => target(path, specifier))] as const),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) if (next !== null) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  expect(circles).toEqual([])
})

/** What is loaded with a file: not what is only typed, nor what is loaded when it is first needed. */
function loadedWith(path: string, known = new Set<string>()): Set<string> {
  const text = files.find((file) => file.path === path)?.text ?? ''
  const named = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\bfrom\s*)?['"]([^'"]+)['"]/gm)
  for (const [, specifier = ''] of named) {
    const to = target(path, specifier) ?? specifier
    if (known.has(to)) continue
    known.add(to)
    loadedWith(to, known)
  }
  return known
}

test('the writer is loaded without schemas, the server without what only other settings and commands need', () => {
  const writer = loadedWith('packages/server/store/sqlite/writer.ts')
  expect(writer).toContain('packages/protocol/errors.ts')
  expect(writer).not.toContain('zod')
  const serving = loadedWith('packages/cli/serve.ts')
  expect(serving).toContain('zod')
  expect(
    [...serving].filter((name) =>
      /^(packages\/(client|server\/store\/postgres)\/|@nats-io|@simplewebauthn)/.test(name),
    ),
  ).toEqual([])
})

test('core touches no socket, clock, random source or database but through ports', () => {
  const forbidden =
    /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bcrypto\.|\brandomUUID\b|\brandomBytes\(\d+\)\.toString|\bset(Timeout|Interval|Immediate)\b|\bperformance\b|\bBun\b|\bprocess\b|\bfetch\(|\bWebSocket\b|\bimport\.meta\b|node:(?!crypto')|bun:|\bglobalThis\b/
  const core = inHouse.filter(({ path }) => path.startsWith('packages/server/core/'))
  const broken = core.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\*|\/\*\*)/.test(line) && forbidden.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  )
  expect(broken).toEqual([])
  const fromCrypto = core.flatMap(({ text }) => text.match(/import \{[^}]*\} from 'node:crypto'/g) ?? [])
  const pure = ['createHash', 'createHmac'].map((name) => `import { ${name} } from 'node:crypto'`)
  expect(new Set(fromCrypto)).toEqual(new Set(pure))
})

test('no file is longer than 400 lines', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)
  expect(long).toEqual([])
})

test('imports of our own files carry their ending', () => {
  const broken = files.flatMap(({ path, imports }) =>
    imports
      .filter(
        (specifier) => specifier.startsWith('.') && !/\.(tsx?|mjs|json|css|svg|sql|js)(\?[\w&]+)?$/.test(specifier),
      )
      .map((specifier) => `${path} imports ${specifier}`),
  )
  expect(broken).toEqual([])
})

test('exports are named', () => {
  const config = /(^|\/)[\w-]+\.config\.ts$|\.d\.ts$/
  const broken = files.filter(({ path, text }) => !config.test(path) && /^export default\b/m.test(text))
  expect(broken.map(({ path }) => path)).toEqual([])
})

test('the type checker is never told to look away', () => {
  const away = /@ts-(?:ignore|expect-error|nocheck)/
  expect(files.filter(({ text }) => away.test(text)).map(({ path }) => path)).toEqual([])
})

test('every operation has its handler, and every handler its operation', () => {
  expect(Object.keys(handlers).toSorted()).toEqual(Object.keys(operations).toSorted())
})

test('every refusal that an operation states is in the table, and every one in the table is used somewhere', () => {
  for (const { errors: codes } of Object.values(operations))
    for (const code of codes as readonly ErrorCode[]) expect(Object.hasOwn(errors, code)).toBe(true)
  const code = inHouse.filter(({ path }) => path !== 'packages/protocol/errors.ts').map(({ text }) => text)
  const unused = Object.keys(errors).filter((name) => !code.some((text) => text.includes(`'${name}'`)))
  expect(unused).toEqual([])
})
