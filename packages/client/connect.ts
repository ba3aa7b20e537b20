import type { Client } from './client.ts'

export interface ClientOptions {
  /** Where the server is: `http://host:port`. */
  readonly url: string
  /** The session's token. Without one, the browser's cookie speaks for the session. */
  readonly token?: string
  /** When to tell listeners of changes: once per animation frame in a browser. Default: in the next microtask. */
  readonly schedule?: (emit: () => void) => void
}

export declare function connect(options: ClientOptions): Client
