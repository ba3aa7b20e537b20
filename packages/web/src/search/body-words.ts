/** The words in a message that can be searched for. */
import type { Body } from '@rookery/protocol'

export function bodyWords(body: Body): string {
  switch (body.kind) {
    case 'text':
      return body.text
    case 'merged':
      return body.items.map(({ name, text }) => `${name}: ${text}`).join('\n')
    case 'event':
    case 'shake':
    case 'recalled':
      return ''
  }
}
