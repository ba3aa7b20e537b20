/** A conversation comes by a push of its own, maybe after the answer that names it. */
import type { Client } from '@rookery/client'

const patience = 3000

/** Resolves when the conversation is there, or after a moment though it is not: the screen then says so. */
export function waitForConversation(client: Client, id: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = () => client.state().conversations.has(id) && resolve()
  const stop = client.subscribe(look)
  const timer = setTimeout(resolve, patience)
  look()
  return promise.finally(() => {
    stop()
    clearTimeout(timer)
  })
}
