/** What statuses are called. */
import type { Appearance, Status } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'

export type Shown = Appearance | Status

export function statusText(status: Shown): string {
  switch (status) {
    case 'online':
      return m.presence_online()
    case 'away':
      return m.presence_away()
    case 'busy':
      return m.presence_busy()
    case 'offline':
      return m.presence_offline()
    case 'invisible':
      return m.status_invisible()
  }
}

export function statusDetail(status: Status): string {
  switch (status) {
    case 'online':
      return m.status_online_detail()
    case 'away':
      return m.status_away_detail()
    case 'busy':
      return m.status_busy_detail()
    case 'invisible':
      return m.status_invisible_detail()
  }
}

/** As they can be chosen. */
export const statuses: readonly Status[] = ['online', 'away', 'busy', 'invisible']
