/** The one searcher: a Worker that answers one search after the other. */
import { openForReading } from './database.ts'
import { createSearches, type SearcherMessage, type SearcherRequest, type Searches } from './searches.ts'

declare const self: Worker

let searches: Searches

self.onmessage = ({ data }: MessageEvent<SearcherRequest>) => {
  if (data.kind === 'open') searches = createSearches(openForReading(data.file))
  else self.postMessage(answer(data))
}

function answer({ name, input }: Extract<SearcherRequest, { kind: 'search' }>): SearcherMessage {
  try {
    return { kind: 'result', result: searches[name](input as never) }
  } catch (error) {
    return { kind: 'bug', reason: String(error) }
  }
}
