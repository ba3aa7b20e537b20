/** Hands searches to the searcher, one at a time: nothing else on the node waits for them, and people take turns. */
import type { SearcherMessage, SearcherRequest, SearchInput, SearchName, SearchResult } from './searches.ts'

export interface Searcher {
  /** @param asker whose it is, where somebody could have many of them waiting. */
  search<Name extends SearchName>(name: Name, input: SearchInput<Name>, asker?: number): Promise<SearchResult<Name>>
  /** What is not answered yet is rejected. */
  close(): void
}

interface Search {
  readonly name: SearchName
  readonly input: unknown
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

/** The Worker starts with the first search: many a server never has one. */
export function openSearcher(file: string): Searcher {
  /** By asker, who comes next first. */
  const waiting = new Map<number, Search[]>()
  let worker: Worker | null = null
  let underWay: Search | null = null
  let isClosed = false

  const post = (request: SearcherRequest) => (worker ??= start()).postMessage(request)

  function start(): Worker {
    const started = new Worker(new URL('./searcher.ts', import.meta.url).href)
    started.onmessage = ({ data }: MessageEvent<SearcherMessage>) => finish(data)
    // Out of memory, say. The next search starts another one.
    started.onerror = ({ message }) => {
      worker = null
      started.terminate()
      finish({ kind: 'bug', reason: message })
    }
    started.postMessage({ kind: 'open', file } satisfies SearcherRequest)
    return started
  }

  function finish(message: SearcherMessage): void {
    const done = underWay
    underWay = null
    if (message.kind === 'result') done?.resolve(message.result as never)
    else done?.reject(new Error(message.reason))
    sendNext()
  }

  /** Whoever has more of them waits behind all others for the next. */
  function sendNext(): void {
    const [first] = waiting
    if (underWay || !first) return
    const [asker, [next, ...others]] = first
    waiting.delete(asker)
    if (others.length > 0) waiting.set(asker, others)
    if (!next) return
    underWay = next
    post({ kind: 'search', name: next.name, input: next.input })
  }

  return {
    search(name, input, asker = 0) {
      if (isClosed) return Promise.reject(new Error('The store is closed.'))
      return new Promise((resolve, reject) => {
        waiting.set(asker, [...(waiting.get(asker) ?? []), { name, input, resolve, reject }])
        sendNext()
      })
    },
    close() {
      isClosed = true
      const error = new Error('The store is closed.')
      underWay?.reject(error)
      for (const { reject } of [...waiting.values()].flat()) reject(error)
      waiting.clear()
      underWay = null
      worker?.terminate()
    },
  }
}
