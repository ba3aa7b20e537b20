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

interface Page {
  readonly type: string
  readonly cache: string
  readonly identity: Uint8Array<ArrayBuffer>
  br?: Uint8Array<ArrayBuffer>
  gzip?: Uint8Array<ArrayBuffer>
}

const compressible = /^(text|application\/(json|javascript|manifest)|image\/svg)/

/**
 * @param folder the built client; all of it is held in memory, and nothing else can be asked for.
 * @returns answers a GET of a path, or null where there is no such file.
 */
export function createPages(folder: string): (path: string, headers: Headers) => Response | null {
  const pages = new Map<string, Page>()
  for (const entry of listFiles(folder)) {
    const path = `/${entry}`
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const identity = readFileSync(join(folder, entry))
    pages.set(path, { type: typeOf(path), cache, identity })
  }

  function find(path: string): Page | undefined {
    // Screens have addresses of their own; files have a dot in theirs, and a missing one is missing.
    return pages.get(path) ?? (path.includes('.') || path.startsWith('/assets/') ? undefined : pages.get('/index.html'))
  }

  return (path, headers) => {
    const page = find(path)
    if (!page) return null
    const encoding = compressible.test(page.type) ? chooseEncoding(headers.get('accept-encoding') ?? '') : null
    return new Response(encoding ? compressed(page, encoding) : page.identity, {
      headers: {
        ...securityHeaders,
        'content-type': page.type,
        'cache-control': page.cache,
        vary: 'accept-encoding',
        ...(encoding && { 'content-encoding': encoding }),
      },
    })
  }
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

function chooseEncoding(accepted: string): 'br' | 'gzip' | null {
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : null
}

/** Compressed when first asked for, then kept. */
function compressed(page: Page, encoding: 'br' | 'gzip'): Uint8Array<ArrayBuffer> {
  // Loaded when first needed: it is a twentieth of the server's memory.
  const { brotliCompressSync, gzipSync } = process.getBuiltinModule('node:zlib')
  page[encoding] ??= encoding === 'br' ? brotliCompressSync(page.identity) : gzipSync(page.identity)
  return page[encoding]
}
