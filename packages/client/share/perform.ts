/** What windows ask of the client, done by it. */
import { refuse, type Input } from '@rookery/protocol'
import type { HostedClient } from './hosted-client.ts'
import type { Ask } from './protocol.ts'

/** The answer as the client gives it. */
export async function perform(client: HostedClient, ask: Ask): Promise<unknown> {
  try {
    switch (ask.kind) {
      case 'call':
        return await client.call(ask.name, ask.input as Input<typeof ask.name>)
      case 'loadOlder':
      case 'loadNewer':
      case 'members':
        return await client[ask.kind](ask.conversation)
      case 'leaveAround':
      case 'leaveMembers':
        return client[ask.kind](ask.conversation)
      case 'loadAround':
        return await client.loadAround(ask.conversation, ask.seq)
      case 'arrange':
        return client.arrange(ask.conversation, ask.change)
      case 'retry':
        return client.retry(ask.conversation, ask.id)
      case 'discard':
        return client.discard(ask.conversation, ask.id)
    }
  } catch (error) {
    // A bug is reported as one; but the window must not wait for ever for its answer.
    queueMicrotask(() => {
      throw error
    })
    return ask.kind === 'call' ? refuse('internal') : false
  }
}

/** The answer where no host came that could give one. */
export function unanswered(ask: Ask): unknown {
  return ask.kind === 'call' ? refuse('unreachable') : false
}
