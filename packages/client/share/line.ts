/** The one channel of a page or worker, for the window and the host that may both live there. */
import { channelName, type ShareMessage } from './protocol.ts'
import type { Surroundings } from './surroundings.ts'

export interface Line {
  /** Hears what everybody else says, here and elsewhere; answers the way to speak. */
  join(hear: (message: ShareMessage) => void): (message: ShareMessage) => void
  close(): void
}

export function openLine({ openChannel }: Surroundings, number: number): Line {
  const parties = new Set<(message: ShareMessage) => void>()
  let isOpen = true
  const channel = openChannel(channelName(number), (message) => hearAll(message, null))

  function hearAll(message: ShareMessage, speaker: ((message: ShareMessage) => void) | null): void {
    if (isOpen) for (const hear of parties) if (hear !== speaker) hear(message)
  }

  return {
    join(hear) {
      parties.add(hear)
      return (message) => {
        if (!isOpen) return
        channel.post(message)
        // In a turn of its own, as from elsewhere: nobody is answered while still speaking.
        if (parties.size > 1) queueMicrotask(() => hearAll(message, hear))
      }
    },
    close() {
      isOpen = false
      channel.close()
    },
  }
}
