/** A server that answers as a test says, over a real WebSocket, for tests of the whole client. */
import {
  refuse,
  wireError,
  type Answer,
  type Input,
  type OperationName,
  type Push,
  type Result,
} from '@rookery/protocol'
import { makeAnswer, me } from './sample.ts'

type Handlers = { [Name in OperationName]?: (input: Input<Name>) => Answer<Name> }

export interface ScriptedServer {
  readonly url: string
  /** What was asked, in order. */
  readonly asked: { readonly name: string; readonly input: unknown }[]
  serve(handlers: Handlers): void
  push(push: Push): void
  /** Cuts every connection, and takes new ones again at once. */
  cut(): void
  stop(): Promise<void>
}

/** What a device that holds nothing needs; handlers that are given later take the place of these. */
const usual: Handlers = {
  'sessions.resume': () => ({ ok: true, value: { session: 's', me } }),
  'hints.watch': () => ({ ok: true, value: { presence: true, conversations: [] } }),
  'presence.list': () => ({ ok: true, value: { people: [] } }),
  sync: () => ({ ok: true, value: makeAnswer() }),
}

export function startScriptedServer(): ScriptedServer {
  const asked: { name: string; input: unknown }[] = []
  const sockets = new Set<Bun.ServerWebSocket>()
  let handlers: Handlers = usual

  function answer(name: string, input: unknown): Result<unknown> {
    asked.push({ name, input })
    const handler = (handlers as Record<string, ((given: unknown) => Result<unknown>) | undefined>)[name]
    return handler ? handler(input) : refuse('unavailable')
  }

  const server = listen({
    open: (socket) => void sockets.add(socket),
    close: (socket) => void sockets.delete(socket),
    message(socket, text) {
      const frame = JSON.parse(String(text)) as { id: number; op: string; in: unknown }
      const result = answer(frame.op, frame.in)
      socket.send(
        JSON.stringify(result.ok ? { id: frame.id, ok: result.value } : { id: frame.id, error: wireError(result) }),
      )
    },
  })

  return {
    url: server.url.href,
    asked,
    serve(next) {
      handlers = { ...usual, ...next }
    },
    push(push) {
      for (const socket of sockets) socket.send(JSON.stringify(push))
    },
    cut() {
      for (const socket of sockets) socket.terminate()
    },
    stop: () => server.stop(true),
  }
}

function listen(websocket: Bun.WebSocketHandler<undefined>): Bun.Server<undefined> {
  for (let tries = 0; ; tries += 1)
    try {
      // Below the ports that connections take by themselves.
      const port = 20_000 + Math.floor(Math.random() * 10_000)
      return Bun.serve({ hostname: '127.0.0.1', port, fetch: upgrade, websocket })
    } catch (error) {
      if (tries > 20) throw error
    }
}

function upgrade(request: Request, server: Bun.Server<undefined>): Response | undefined {
  return server.upgrade(request) ? undefined : new Response(null, { status: 404 })
}
