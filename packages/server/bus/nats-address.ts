/** From NATS_URL to a connection, or to one line that says why there is none. */
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'

/** Milliseconds that the first connection may take. */
const patience = 5_000

/** The largest event is a message's row, with every character escaped. */
const leastPayload = 128 * 1024

/**
 * Connects, and goes on for ever: whatever happens later, it connects again.
 * @param url `nats://user:password@host:port` or `tls://…`; of several, separated by commas, any one will do.
 * @throws an Error of one line that says what is wrong and how to mend it.
 */
export async function connectToNats(url: string): Promise<NatsConnection> {
  const connection = await connect({
    ...readAddress(url),
    name: 'rookery',
    noEcho: true,
    timeout: patience,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 250,
    pingInterval: 2_000,
    maxPingOut: 2,
  }).catch((error: unknown) => {
    throw new Error(explainNats(url, error instanceof Error ? error.message : String(error)))
  })
  const most = connection.info?.max_payload ?? leastPayload
  if (most >= leastPayload) return connection
  await connection.close()
  throw new Error(
    explainNats(url, `it takes messages of ${most} bytes at most, and must take ${leastPayload}: max_payload`),
  )
}

function readAddress(url: string): ConnectionOptions {
  const urls = url.split(',').map((one) => new URL(one.trim()))
  const [first] = urls
  const user = decodeURIComponent(first?.username ?? '')
  const password = decodeURIComponent(first?.password ?? '')
  return {
    servers: urls.map(({ host }) => host),
    // A name without a password is a token.
    ...(user !== '' && (password === '' ? { token: user } : { user, pass: password })),
    ...(first?.protocol === 'tls:' && { tls: {} }),
  }
}

/** One line: what is wrong, and how to mend it. */
export function explainNats(url: string, reason: string): string {
  const shown = url.replaceAll(/\/\/[^/@,]*@/g, '//')
  const why = reason.replaceAll(/\s+/g, ' ').replace(/\.$/, '')
  return `NATS at ${shown} cannot be used (${why}). Start it, or correct NATS_URL; without NATS_URL a node is alone.`
}
