/** A conversation as it goes into a file, whatever the file's form. */
import { nameOf, type ClientState } from '@rookery/client'
import type { MergedItem, MessageRow } from '@rookery/protocol'
import { lineText } from '../messages/line-text.ts'

export interface Entry {
  readonly seq: number
  readonly at: number
  readonly number: number
  readonly name: string
  readonly kind: MessageRow['body']['kind']
  /** Of what was taken back: that it was. */
  readonly text: string
  readonly edited: boolean
  readonly forwardedFrom?: string
  readonly items?: readonly MergedItem[]
  readonly answers?: { readonly seq: number; readonly name: string; readonly text: string }
  readonly reactions?: readonly { readonly emoji: string; readonly count: number }[]
}

export interface ExportedChat {
  readonly title: string
  readonly at: number
  readonly entries: readonly Entry[]
}

export function entriesOf(state: ClientState, rows: readonly MessageRow[]): Entry[] {
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return rows.map((row): Entry => {
    const { seq, at, sender, body } = row
    const original = body.kind === 'text' && body.reply_to !== undefined ? bySeq.get(body.reply_to) : undefined
    return {
      seq,
      at,
      number: sender,
      name: nameOf(state, sender, row.conversation),
      kind: body.kind,
      text: lineText(state, row),
      edited: row.edited_at !== undefined && body.kind === 'text',
      ...(body.kind === 'text' && body.forwarded && { forwardedFrom: body.forwarded.name }),
      ...(body.kind === 'merged' && { items: body.items }),
      ...(original && {
        answers: {
          seq: original.seq,
          name: nameOf(state, original.sender, row.conversation),
          text: lineText(state, original),
        },
      }),
      ...(row.reactions && {
        reactions: row.reactions.map(({ emoji, numbers }) => ({ emoji, count: numbers.length })),
      }),
    }
  })
}
