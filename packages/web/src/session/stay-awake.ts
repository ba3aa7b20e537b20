/** Browsers slow hidden pages down and know when the network is back: both are reasons to connect at once. */
import type { Client } from '@rookery/client'

/** Answers the way to stop. */
export function stayAwake(client: Client): () => void {
  const onVisible = () => document.visibilityState === 'visible' && client.wake()
  addEventListener('online', client.wake)
  addEventListener('pageshow', onVisible)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    removeEventListener('online', client.wake)
    removeEventListener('pageshow', onVisible)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
