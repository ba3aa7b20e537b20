/** What was written before a migration, and how it goes on. */
import { expect, test } from 'bun:test'
import type { Store } from '../../core/ports.ts'
import { edit, recall } from './actions.ts'
import { makePair, newMessage, valueOf } from './people.ts'

export interface OldStore {
  readonly store: Store
  /** Runs a statement beside it. */
  run(sql: string): Promise<unknown>
  close(): Promise<unknown>
}

export function describeFromBefore(open: () => Promise<OldStore>): void {
  test('[D3] of what was edited or taken back before there were fingerprints the id alone tells a retry', async () => {
    const { store, run, close } = await open()
    const { one, conversation } = await makePair(store)
    const messages = ['edited', 'taken back', 'edited, then taken back'].map((text) =>
      newMessage(conversation, one, text),
    )
    for (const message of messages) valueOf(await store.messages.append(message))
    await edit(store, conversation, 1, 'x')
    await recall(store, conversation, 2)
    await edit(store, conversation, 3, 'x')
    await run('UPDATE messages SET sent = NULL')
    await recall(store, conversation, 3)
    for (const message of messages)
      for (const text of ['what was sent is not known', 'any more']) {
        const again = await store.messages.append({ ...message, body: { kind: 'text', text } })
        expect(valueOf(again).duplicate).toBe(true)
      }
    await close()
  })

  test('[D3] [P45] of a forward from before it is the body, and once it is taken back the id alone', async () => {
    const { store, run, close } = await open()
    const { one, conversation } = await makePair(store)
    const sent = { kind: 'forward' as const, from: 1, seqs: [1], merged: false }
    const forwarded = { number: 10_001, name: 'somebody' }
    const said = [
      { kind: 'text' as const, text: 'theirs', forwarded },
      { kind: 'merged' as const, title: '', items: [] },
    ]
    const messages = said.map((body) => ({ ...newMessage(conversation, one, body), sent }))
    for (const message of messages) valueOf(await store.messages.append(message))
    await run('UPDATE messages SET sent = NULL')
    for (const message of messages) {
      const { seq, duplicate } = valueOf(await store.messages.append(message))
      expect(duplicate).toBe(true)
      await recall(store, conversation, seq)
      expect(valueOf(await store.messages.append(message))).toMatchObject({ seq, duplicate: true })
    }
    await close()
  })
}
