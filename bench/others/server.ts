/** One of the other servers: how it is configured and started, below a scratch folder and on a port of ours. */
import type { Protocol } from '../load/jobs.ts'

export interface OtherServer {
  /** What stands behind the figure's name: `ejabberd.sqlite`. */
  readonly name: string
  readonly protocol: Protocol
  /** Whether what was said can be read again. */
  readonly hasArchive: boolean
  /** Messages in the archives of all people, which is two for each sent; after the server has stopped. */
  countKept?(folder: string): number
  /** Writes what it needs into the folder, an account for each of the people too. */
  configure(place: Place): Command
}

export interface Place {
  readonly folder: string
  readonly port: number
  readonly people: readonly string[]
}

export interface Command {
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** There once the server is ready; without it, an open port says so. */
  readonly readyFile?: string
}

/** Servers that would rather not be root have to be told to stay it: there is no user made for them. */
export const isRoot = process.getuid?.() === 0
