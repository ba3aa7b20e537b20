/** What a message says where there is room for one line of words only. */
import type { Body } from '@rookery/protocol'

export function bodyText(body: Body): string {
  switch (body.kind) {
    case 'text':
      return body.text
  }
}
