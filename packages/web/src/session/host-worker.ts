/** The one connection of all windows of this browser, in a SharedWorker. Its name says whose it is. */
import { hostClient } from '@rookery/client'
import { openOwnClient } from './own-client.ts'
import { numberOfHost } from './host-name.ts'

const number = numberOfHost(self.name)
hostClient({ number, build: rookeryBuild, openClient: () => openOwnClient(number) })
