/** The HTTP door: operations as JSON, the web client's pages, health and figures. */
import { errors, LIMITS, refuse, wireError, type Result } from '@rookery/protocol'
import { isOperation, operations } from '@rookery/protocol/schemas'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { isUser, type Caller } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './cookie.ts'
import type { Dispatch } from './dispatch.ts'
import { describeApi } from './openapi.ts'
import { clientAddress, isForeignOrigin } from './origin.ts'
import { securityHeaders, type createPages } from './pages.ts'

export interface HttpParts {
  readonly config: Config
  readonly core: Core
  readonly dispatch: Dispatch
  readonly metrics: Metrics
  readonly pages: ReturnType<typeof createPages>
  readonly isReady: () => boolean
  readonly version: string
  /** Hands a request over to the WebSocket door; false if it was no upgrade. */
  readonly upgrade: (request: Request, caller: Caller) => boolean
}

export interface HttpDoor {
  /**
   * Undefined where the request became a WebSocket.
   * @param peer the address at the other end of the connection.
   */
  fetch(request: Request, peer: string): Response | Promise<Response | undefined>
}

interface Bindings {
  readonly peer: string
}

type Asked = Context<{ Bindings: Bindings }>

export function createHttpDoor(parts: HttpParts): HttpDoor {
  const { config, core, dispatch, metrics, pages, isReady } = parts
  const app = new Hono<{ Bindings: Bindings }>()
  const secure = config.ROOKERY_URL?.startsWith('https:') ?? false

  async function identify({ headers }: Request, peer: string): Promise<Result<Caller>> {
    if (isForeignOrigin(headers, config.ROOKERY_URL)) return refuse('foreign_origin')
    const visitor = {
      address: clientAddress(headers, peer, config.ROOKERY_PROXIES),
      socket: null,
      origin: headers.get('origin'),
      legacy: false,
    }
    const [scheme, bearer] = (headers.get('authorization') ?? '').split(' ')
    const token = scheme?.toLowerCase() === 'bearer' ? bearer : readSessionCookie(headers)
    const user = token === undefined ? null : await core.authenticate(token, visitor)
    return { ok: true, value: user?.ok ? user.value : visitor }
  }

  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders))
      if (!context.res.headers.has(name)) context.header(name, value)
  })

  const refuseForeign: MiddlewareHandler<{ Bindings: Bindings }> = async (context, next) =>
    isForeignOrigin(context.req.raw.headers, config.ROOKERY_URL) ? respond(context, refuse('foreign_origin')) : next()

  app.post('/api/:operation', async (context) => {
    const identified = await identify(context.req.raw, context.env.peer)
    if (!identified.ok) return respond(context, identified)
    const caller = identified.value
    const input = await readJson(context.req.raw, isUser(caller) ? LIMITS.frameBytes : LIMITS.frameBytesBeforeLogIn)
    if (!input.ok) return respond(context, input)
    // The body may have taken its time, and the session may have been ended meanwhile.
    if (isUser(caller) && !(await core.isLive(caller.session))) return respond(context, refuse('unauthenticated'))
    const name = context.req.param('operation')
    const result = await dispatch(caller, name, input.value)
    return respond(context, result.ok ? carrySession(context, name, result) : result)
  })

  /** A browser that asks for it gets the session as a cookie, and its pages never see the token. */
  function carrySession(context: Asked, name: string, result: { ok: true; value: unknown }): Result<unknown> {
    const effect = isOperation(name) && 'session' in operations[name] ? operations[name].session : null
    if (effect === 'closes') clearSessionCookie(context)
    if (effect !== 'opens' || context.req.header('rookery-session') !== 'cookie') return result
    const { token, ...rest } = result.value as { token?: string }
    if (token !== undefined) setSessionCookie(context, token, secure)
    return { ok: true, value: { ...rest, token: '' } }
  }

  /** Past Hono: what answers an upgrade is no response, and to make one cost more than the upgrade. */
  async function openSocket(request: Request, peer: string): Promise<Response | undefined> {
    const identified = await identify(request, peer).catch(() => null)
    if (identified?.ok && isReady() && parts.upgrade(request, identified.value)) return undefined
    return app.fetch(request, { peer })
  }

  /** Says why there was no upgrade. */
  app.get('/ws', async (context) => {
    const identified = await identify(context.req.raw, context.env.peer)
    if (!identified.ok) return respond(context, identified)
    if (!isReady()) return respond(context, refuse('unavailable'))
    return context.text('This address speaks WebSocket.', 426, { upgrade: 'websocket' })
  })

  app.get('/healthz', (context) => (isReady() ? context.text('ok') : context.text('not ready', 503)))
  app.get('/metrics', refuseForeign, (context) => context.text(metrics.print()))
  app.get('/api/openapi.json', refuseForeign, (context) => context.json(describeApi(parts.version)))
  app.get('/avatars/:name', async (context) => {
    const name = context.req.param('name')
    // PostgreSQL throws at some characters that an address may have.
    const avatar = pictureName.test(name) ? await core.findAvatar(name) : null
    return avatar
      ? new Response(new Uint8Array(avatar.bytes), { headers: avatarHeaders(avatar.type) })
      : context.notFound()
  })
  app.get('*', (context) => pages(context.req.path, context.req.raw.headers) ?? context.notFound())
  app.onError((error, context) => {
    if (error instanceof StoreUnavailable) return respond(context, refuse('unavailable', 1_000))
    throw error
  })
  app.notFound((context) => context.text('Not found.', 404))
  return {
    fetch(request, peer) {
      // Bun makes the address of the Host header, whatever that says: of some no address can be made (RFC 9112, 3.2).
      if (!URL.canParse(request.url)) return answerText('Bad request.', 400)
      return request.headers.has('upgrade') && new URL(request.url).pathname === '/ws'
        ? openSocket(request, peer)
        : app.fetch(request, { peer })
    },
  }
}

/**
 * What is left when something in this door throws. The log gets the kind and the places in our code, but no message:
 * that may have in it what somebody sent.
 */
export function answerFault(log: Log, error: unknown): Response {
  const { name: type, code, message = '', stack } = (error ?? {}) as Partial<Error & { code: unknown }>
  const places = stack
    ?.replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  log.error({ err: { type, code, stack: places?.join('\n') } }, 'a request threw')
  return answerText('Something went wrong.', 500)
}

function answerText(text: string, status: number): Response {
  return new Response(text, { status, headers: { ...securityHeaders, 'cache-control': 'no-store' } })
}

/** As core/profiles.ts makes them. */
const pictureName = /^[\w-]{22}$/

/** Another picture has another name. Opened as a page of its own it is still only a picture. */
function avatarHeaders(type: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': `default-src 'none'; sandbox`,
  }
}

function respond(context: Asked, result: Result<unknown>): Response {
  const headers = { 'cache-control': 'no-store' }
  if (result.ok) return context.json(result.value as object, 200, headers)
  return Response.json(
    { error: wireError(result) },
    {
      status: errors[result.code].status,
      headers: {
        ...headers,
        ...(result.retry_after_ms !== undefined && { 'retry-after': String(Math.ceil(result.retry_after_ms / 1000)) }),
      },
    },
  )
}

/** JSON by its declared type only: a form of a foreign page cannot declare it without asking first (CORS). */
async function readJson(request: Request, mostBytes: number): Promise<Result<unknown>> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return refuse('bad_request')
  try {
    const text = await readText(request, mostBytes)
    return text === null ? refuse('too_large') : { ok: true, value: JSON.parse(text) }
  } catch {
    // Not JSON, or the connection broke off in the middle of it.
    return refuse('bad_request')
  }
}

/** Null when there is more than that, however its length is declared. */
async function readText(request: Request, mostBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
