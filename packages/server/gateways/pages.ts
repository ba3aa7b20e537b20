/** Serves the built web client: compressed, cached for ever where the name says the content, and under a strict policy. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Trusted Types and no inline anything: text that people write cannot become script (CSP level 3). The page makes one
 * policy, `rookery`, which lets through the addresses of its own two workers.
 */
const policy = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data: blob:`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'self'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types rookery`,
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

type Bytes = Uint8Array<ArrayBuffer>
type Encoding = 'br' | 'gzip'

interface Page {
  readonly file: string
  readonly type: string
  readonly cache: string
  readonly identity: Bytes
  /** Read when first asked for, or made, then kept. */
  readonly compressed: Partial<Record<Encoding, Promise<Bytes>>>
}

/** What the build puts beside a file that is worth it. */
const endings = { br: '.br', gzip: '.gz' } as const
const isCompressed = (path: string) => Object.values(endings).some((ending) => path.endsWith(ending))

const compressible = /^(text|application\/(json|javascript|manifest)|image\/svg)/

/**
 * @param folder the built client; all of it is held in memory, and nothing else can be asked for.
 * @returns answers a GET of a path, or null where there is no such file.
 */
export function createPages(folder: string): (path: string, headers: Headers) => Response | Promise<Response> | null {
  const pages = new Map<string, Page>()
  for (const entry of listFiles(folder).filter((path) => !isCompressed(path))) {
    const path = `/${entry}`
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const file = join(folder, entry)
    pages.set(path, { file, type: typeOf(path), cache, identity: readFileSync(file), compressed: {} })
  }

  function find(path: string): Page | undefined {
    // Screens have addresses of their own; files have a dot in theirs, and a missing one is missing.
    return pages.get(path) ?? (path.includes('.') || path.startsWith('/assets/') ? undefined : pages.get('/index.html'))
  }

  return (path, headers) => {
    const page = find(path)
    if (!page) return null
    const encoding = compressible.test(page.type) ? chooseEncoding(headers.get('accept-encoding') ?? '') : null
    if (encoding === null) return answer(page, page.identity, {})
    return compressed(page, encoding).then((bytes) => answer(page, bytes, { 'content-encoding': encoding }))
  }
}

function answer({ type, cache }: Page, bytes: Bytes, more: Readonly<Record<string, string>>): Response {
  const headers = { ...securityHeaders, 'content-type': type, 'cache-control': cache, vary: 'accept-encoding', ...more }
  return new Response(bytes, { headers })
}

function typeOf(path: string): string {
  return path.endsWith('.webmanifest') ? 'application/manifest+json' : Bun.file(path).type
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
  } catch {
    return []
  }
}

/** Smallest first, of those that the other side takes (RFC 9110, 12.5.3): a weight of 0 says that it does not. */
function chooseEncoding(accepted: string): Encoding | null {
  const taken = new Set<string>()
  for (const choice of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = choice.split(';').map((part) => part.trim())
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(name)
  }
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : null
}

function compressed(page: Page, encoding: Encoding): Promise<Bytes> {
  return (page.compressed[encoding] ??= readCompressed(page, encoding))
}

async function readCompressed({ file, identity }: Page, encoding: Encoding): Promise<Bytes> {
  const built = Bun.file(file + endings[encoding])
  return (await built.exists()) ? built.bytes() : compress(identity, encoding)
}

/** Beside the server's own thread: Brotli takes up to half a second, and nobody else is to wait for it. */
function compress(bytes: Bytes, encoding: Encoding): Promise<Bytes> {
  // Loaded when first needed: it is a twentieth of the server's memory.
  const { brotliCompress, gzip } = process.getBuiltinModule('node:zlib')
  const make = encoding === 'br' ? brotliCompress : gzip
  return new Promise((resolve, reject) => {
    make(bytes, (error, made) => (error ? reject(error) : resolve(made)))
  })
}
