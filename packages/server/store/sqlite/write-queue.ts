/** Hands commands to the writer: all that came while one batch was under way form the next. */
import {
  textCommands,
  type Command,
  type CommandInput,
  type CommandName,
  type CommandResult,
  type WriterMessage,
  type WriterRequest,
} from './commands.ts'
import { pack, unpack } from './packing.ts'

/** Whoever waits for a result. */
interface Asker {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

export interface WriteQueue {
  readonly epoch: string
  write<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>
  /** Commits what is waiting, closes the file, ends the Worker. */
  close(): Promise<void>
}

/**
 * @param onFatal told when nothing can be written any more; what was waiting is rejected, never acknowledged.
 */
export async function startWriter(file: string, onFatal: (reason: string) => void): Promise<WriteQueue> {
  const worker = new Worker(new URL('./writer.ts', import.meta.url).href)
  const opened = Promise.withResolvers<string>()
  const closed = Promise.withResolvers<void>()
  let state: 'opening' | 'open' | 'closing' | 'dead' = 'opening'
  // Apart from those who wait for them: once posted, commands are the writer's, and the collector's.
  let commands: Command[] = []
  let waiting: Asker[] = []
  let underWay: Asker[] | null = null

  const post = (request: WriterRequest) => worker.postMessage(request)

  function sendBatch(): void {
    if (underWay) return
    if (waiting.length > 0) {
      const isText = commands.every(({ name }) => textCommands.has(name))
      post({ kind: 'batch', commands: pack(commands, isText) })
      underWay = waiting
      commands = []
      waiting = []
    } else post({ kind: state === 'closing' ? 'close' : 'idle' })
  }

  function settle(results: readonly unknown[]): void {
    const batch = underWay ?? []
    underWay = null
    sendBatch()
    batch.forEach(({ resolve, reject }, index) => {
      const result = results[index]
      if (isBug(result)) reject(new Error(result.bug))
      else resolve(result as never)
    })
  }

  function die(reason: string): void {
    if (state === 'dead') return
    const wasOpening = state === 'opening'
    state = 'dead'
    const error = new Error(`The store cannot write: ${reason}`)
    for (const { reject } of [...(underWay ?? []), ...waiting]) reject(error)
    closed.resolve()
    if (wasOpening) opened.reject(error)
    else onFatal(reason)
  }

  worker.onmessage = ({ data }: MessageEvent<WriterMessage>) => {
    switch (data.kind) {
      case 'ready':
        state = 'open'
        return opened.resolve(data.epoch)
      case 'results':
        return settle(unpack(data.results))
      case 'closed':
        state = 'dead'
        worker.terminate()
        return closed.resolve()
      case 'fatal':
        return die(data.reason)
    }
  }
  worker.onerror = (event) => die(event.message)
  worker.addEventListener('close', () => die('the writer stopped'))

  post({ kind: 'open', file })
  const epoch = await opened.promise

  return {
    epoch,
    write(name, input) {
      if (state !== 'open') return Promise.reject(new Error('The store is closed.'))
      return new Promise((resolve, reject) => {
        commands.push({ name, input })
        waiting.push({ resolve, reject })
        // Whatever else this turn of the loop brings joins the same batch: a microtask would run between two frames.
        if (waiting.length === 1) setImmediate(sendBatch)
      })
    },
    close() {
      state = 'closing'
      sendBatch()
      return closed.promise
    },
  }
}

function isBug(result: unknown): result is { bug: string } {
  return typeof result === 'object' && result !== null && 'bug' in result
}
