/** How far a device's copy goes, as the text that it keeps and gives back. */
import type { SyncPlace } from './log-ports.ts'

/** Complete up to the transaction `upTo`; or, while `page` says so, on the way there from `after`. */
export interface Cursor {
  readonly upTo: number
  readonly page: { readonly after: number; readonly below: SyncPlace } | null
}

/** Of a device that holds nothing. */
export const noCursor: Cursor = { upTo: -1, page: null }

export function writeCursor({ upTo, page }: Cursor): string {
  return page ? [upTo, page.after, page.below.txid, page.below.conversation].join('.') : String(upTo)
}

/** Anything that this server did not write is a device that holds nothing. */
export function readCursor(text: string): Cursor {
  const [upTo, after, txid, conversation, ...rest] = text.split('.').map(readNumber)
  if (upTo === undefined || !Number.isSafeInteger(upTo) || upTo < 0) return noCursor
  if (after === undefined) return { upTo, page: null }
  const isWhole = txid !== undefined && conversation !== undefined && rest.length === 0
  if (!isWhole || ![after, txid, conversation].every(Number.isSafeInteger)) return noCursor
  return { upTo, page: { after, below: { txid, conversation } } }
}

function readNumber(part: string): number {
  return /^(-1|\d{1,15})$/.test(part) ? Number(part) : Number.NaN
}
