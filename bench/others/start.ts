/** Starts one of the other servers as Rookery is started: pinned, on loopback, by itself. */
import { makeScratch, withScratch } from '../cleanup.ts'
import type { Site } from '../figures.ts'
import { nameOf } from '../load/dialects.ts'
import { cores, spawnProgram } from '../processes.ts'
import { start, type ServerProcess } from '../server.ts'
import { libraryFolders } from './packages.ts'
import type { OtherServer } from './server.ts'

/** @param count how many people have an account. */
export async function withOther<Value>(
  site: Site,
  other: OtherServer,
  count: number,
  use: (server: ServerProcess, folder: string) => Promise<Value>,
): Promise<Value> {
  const people = Array.from({ length: count }, (_, index) => nameOf(index))
  return withScratch(makeScratch(site.parent), async (folder) => {
    let readyFile: string | undefined
    const launch = (port: number) => {
      const { command, env, readyFile: file } = other.configure({ folder, port, people })
      readyFile = file
      return spawnProgram(cores.measured, command, { LD_LIBRARY_PATH: libraryFolders().join(':'), ...env })
    }
    const isReady = (port: number) => (readyFile === undefined ? isListening(port) : Bun.file(readyFile).exists())
    const server = await start(launch, isReady)
    try {
      return await use(server, folder)
    } finally {
      await server.stop()
    }
  })
}

async function isListening(port: number): Promise<boolean> {
  const nothing = { data: () => {} }
  const socket = await Bun.connect({ hostname: '127.0.0.1', port, socket: nothing }).catch(() => null)
  socket?.end()
  return socket !== null
}
