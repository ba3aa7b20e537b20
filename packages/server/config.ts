/** Environment and flags to one frozen, validated value. The table is also the help text and the documentation. */
import { z } from 'zod'
import { parseNetworks } from './networks.ts'

interface Setting<Schema extends z.ZodType> {
  /** Never printed. */
  readonly secret?: true
  /** Shown by `--help` and in docs/operations.md. */
  readonly help: string
  readonly value: Schema
}

const setting = <Schema extends z.ZodType>(value: Schema, help: string): Setting<Schema> => ({ value, help })
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback)

export const settings = {
  HOST: setting(z.string().min(1).default('127.0.0.1'), 'address to listen on'),
  PORT: setting(z.coerce.number().int().min(0).max(65_535).default(8080), 'port of HTTP and WebSocket'),
  ROOKERY_DATA: setting(z.string().min(1).default('./data'), 'folder that everything is kept in'),
  DATABASE_URL: {
    ...setting(
      z
        .string()
        .regex(/^postgres(ql)?:\/\/./)
        .refine((url) => URL.canParse(url))
        .optional(),
      'PostgreSQL to keep everything in instead of the data folder: postgres://user:password@host/database',
    ),
    secret: true,
  },
  ROOKERY_URL: setting(
    z.url().optional(),
    'address that people reach this server at, when it stands behind a proxy; its origin may open WebSockets',
  ),
  ROOKERY_PROXIES: setting(
    z.coerce.number().int().min(0).default(0),
    'how many proxies stand in front; as many entries from the end of X-Forwarded-For are believed',
  ),
  ROOKERY_REGISTRATION: setting(
    z.enum(['open', 'invite', 'closed']).optional(),
    'who may sign up: open, invite or closed (open on loopback, invite elsewhere)',
  ),
  ROOKERY_CONTACTS: setting(
    z.enum(['request', 'open']).default('request'),
    'request: contacts are asked first; open: adding somebody makes you contacts at once, as on the old campus',
  ),
  ROOKERY_UDP: setting(
    z
      .string()
      .regex(/^(off|.+:\d{1,5})$/)
      .default('127.0.0.1:21568'),
    'address and port of the old campus protocol, or off; its passwords travel in the clear',
  ),
  ROOKERY_UDP_ALLOW: setting(
    z
      .string()
      .refine((list) => parseNetworks(list) !== null)
      .default('127.0.0.0/8,::1/128'),
    'networks (CIDR, separated by commas) whose old clients are answered',
  ),
  ROOKERY_UDP_LAYOUT: setting(
    z.enum(['seed', 'historic']).default('seed'),
    'how times and colons are written to old clients: seed (full-width colons) or historic',
  ),
  ROOKERY_UDP_OFFLINE: setting(
    z.enum(['refuse', 'store']).default('refuse'),
    'a message from an old client to somebody offline: refuse it, as the old server did, or store it',
  ),
  ROOKERY_UDP_CONTACTS: setting(
    z.enum(['open', 'request']).default('open'),
    'open: somebody with an old client can write to anybody, and be written to, as on the old campus; request: contacts are asked first',
  ),
  ROOKERY_UDP_RATE: setting(
    count(20),
    'datagrams a second from each address before log-in; bursts of ten times as many pass',
  ),
  ROOKERY_UDP_RATE_ALL: setting(count(20_000), 'datagrams a second from everybody together'),
  ROOKERY_RATE: setting(count(100), 'requests a second for each session; bursts of ten times as many pass'),
  ROOKERY_RATE_VISITOR: setting(
    count(10),
    'requests a second for each address before log-in; bursts of ten times as many pass',
  ),
  ROOKERY_LOGIN_TRIES: setting(count(5), 'wrong passwords from one address for one account before it must wait'),
  ROOKERY_LOGIN_TRIES_ADDRESS: setting(
    count(30),
    'wrong passwords from one address, all accounts together, before it must wait',
  ),
  ROOKERY_LOGIN_WAIT: setting(count(60), 'seconds to wait then; doubled for every further wrong one, up to an hour'),
  ROOKERY_LOG: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    'least level of the log on standard error',
  ),
} as const

type Settings = typeof settings
type Environment = { readonly [Key in keyof Settings]?: string | undefined }

type Values = { readonly [Key in keyof Settings]: z.output<Settings[Key]['value']> }

export type Config = Omit<Values, 'ROOKERY_REGISTRATION'> & {
  readonly ROOKERY_REGISTRATION: 'open' | 'invite' | 'closed'
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problem: string }

/** One line that names the first bad setting, or the config. */
export function readConfig(environment: Environment): ConfigResult {
  const shape = z.object(Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value])))
  const given = Object.fromEntries(
    Object.keys(settings).flatMap((key) => {
      const text = environment[key as keyof Settings]
      return text === undefined || text === '' ? [] : [[key, text]]
    }),
  )
  const parsed = shape.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const key = String(issue?.path[0]) as keyof Settings
    const shown = 'secret' in settings[key] ? key : `${key}=${environment[key]}`
    return { ok: false, problem: `${shown} is not valid: ${settings[key].help}` }
  }
  const values = parsed.data as Values
  const registration = values.ROOKERY_REGISTRATION ?? (isLoopback(values.HOST) ? 'open' : 'invite')
  return { ok: true, config: Object.freeze({ ...values, ROOKERY_REGISTRATION: registration }) }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
