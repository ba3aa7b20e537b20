/** One's own status: as it was set, and the way to set it. */
import type { Answer, Status } from '@rookery/protocol'
import { useClient, useClientState } from '../session/use-session.tsx'

export function useStatus(): [status: Status, setStatus: (status: Status) => Promise<Answer<'accounts.setStatus'>>] {
  const client = useClient()
  const status = useClientState((state) => state.settings?.status ?? 'online')
  return [status, (next) => client.call('accounts.setStatus', { status: next })]
}
