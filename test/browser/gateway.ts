/** Stands before a server as its address, and serves whichever build of the web client it is told to. */
import { join } from 'node:path'
import { createPages } from '../../packages/server/gateways/pages.ts'
import { choosePort, makeFolder, spawnServer } from '../harness.ts'

const root = join(import.meta.dir, '../..')

export const currentBuild = join(root, 'packages/web/dist')

export interface Gateway {
  readonly url: string
  /** From now on pages come from this folder. */
  serve(folder: string): void
  stop(): Promise<void>
}

interface Pipe {
  readonly inward: WebSocket
}

export async function openGateway(): Promise<Gateway> {
  const port = choosePort()
  const url = `http://127.0.0.1:${port}`
  const server = await spawnServer({ ROOKERY_URL: url })
  let pages = createPages(currentBuild)

  const gateway = Bun.serve<Pipe>({
    hostname: '127.0.0.1',
    port,
    async fetch(request, self) {
      const { pathname } = new URL(request.url)
      if (pathname === '/ws') {
        const headers = { cookie: request.headers.get('cookie') ?? '', origin: url }
        const inward = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, { headers } as never)
        await new Promise((resolve) => (inward.onopen = resolve))
        return self.upgrade(request, { data: { inward } }) ? undefined : new Response(null, { status: 426 })
      }
      if (!pathname.startsWith('/api/')) {
        return pages(pathname, request.headers) ?? new Response('Not found.', { status: 404 })
      }
      const { method, headers } = request
      return fetch(new URL(pathname, server.url), { method, headers, body: await request.text() })
    },
    websocket: {
      open(ws) {
        ws.data.inward.onmessage = ({ data }) => void ws.send(String(data))
        ws.data.inward.onclose = ({ code }) => (code === 1006 ? ws.terminate() : ws.close(code))
      },
      message: ({ data: { inward } }, text) => inward.send(String(text)),
      close: ({ data: { inward } }) => inward.close(),
    },
  })

  return {
    url,
    serve(folder) {
      pages = createPages(folder)
    },
    async stop() {
      await gateway.stop(true)
      await server.stop()
    },
  }
}

/** The same sources built once more, and so a newer build. */
export function buildAgain(): string {
  const folder = join(makeFolder(), 'dist')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', 'packages/web', '--outDir', folder, '--logLevel', 'warn']
  // The test runner calls itself a test; Vite would build for one.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, vite, ...args], { cwd: root, env })
  if (exitCode !== 0) throw new Error(stderr.toString())
  return folder
}
