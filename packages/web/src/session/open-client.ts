/** Joins this window to the one connection that all windows of this browser have. */
import { openSharedClient, type Client } from '@rookery/client'
import { newerBuildSeen } from '../update/update.ts'
import { hostName } from './host-name.ts'
import { onNextFrame } from './on-next-frame.ts'
import { openOwnClient } from './own-client.ts'
import { trustedAddress } from './trusted-address.ts'

export function openClient(number: number): Client {
  return openSharedClient({
    number,
    build: rookeryBuild,
    startWorker: 'SharedWorker' in globalThis ? () => startWorker(number) : null,
    openClient: () => openOwnClient(number),
    schedule: onNextFrame,
    onNewerBuild: newerBuildSeen,
  })
}

/** The same address and name mean the same worker, whichever window starts it. */
function startWorker(number: number): void {
  // oxlint-disable-next-line no-new -- it is talked to by its broadcast channel only
  new SharedWorker(trustedAddress('host'), { type: 'module', name: hostName(number) })
}
