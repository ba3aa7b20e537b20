/** What can happen in a run. Numbers choose among what there is at that moment. */
import fc from 'fast-check'

export type Action =
  | { readonly kind: 'send'; readonly device: number; readonly chat: number; readonly count: number }
  /** The same new message from two devices of one person at the same moment. */
  | { readonly kind: 'twice'; readonly device: number; readonly chat: number }
  /** An acknowledged message once more. */
  | { readonly kind: 'again'; readonly device: number; readonly which: number }
  | { readonly kind: 'read'; readonly device: number; readonly chat: number; readonly percent: number }
  | { readonly kind: 'cut' | 'tear' | 'freeze' | 'mend'; readonly device: number }
  | { readonly kind: 'delay'; readonly device: number; readonly milliseconds: number }
  | { readonly kind: 'crash' | 'close' | 'open'; readonly device: number }
  /** A fresh device logs in. */
  | { readonly kind: 'newcomer'; readonly person: number }
  | { readonly kind: 'kill' | 'restart' }
  | { readonly kind: 'backup'; readonly running: boolean }
  /** `database`: only rookery.db is put back. `folder`: history.json too, so that the server cannot tell. */
  | { readonly kind: 'restore'; readonly what: 'database' | 'folder' }
  /** The devices' clock jumps. */
  | { readonly kind: 'clock'; readonly minutes: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }

export const peopleCount = 3

const device = fc.nat(7)
const chat = fc.nat(peopleCount - 1)
const percent = fc.constantFrom(20, 50, 80, 90, 100, 100)
const kindOf = <const Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds)

const weighted: { weight: number; arbitrary: fc.Arbitrary<Action> }[] = [
  {
    weight: 14,
    arbitrary: fc.record({ kind: kindOf('send'), device, chat, count: fc.constantFrom(1, 1, 1, 2, 3, 60) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('twice'), device, chat }) },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('again'), device, which: fc.nat(100) }) },
  { weight: 8, arbitrary: fc.record({ kind: kindOf('read'), device, chat, percent }) },
  { weight: 6, arbitrary: fc.record({ kind: kindOf('cut', 'tear', 'freeze'), device }) },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('mend'), device }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('delay'), device, milliseconds: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('crash'), device }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('close'), device }) },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('open'), device }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('newcomer'), person: fc.nat(peopleCount - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('kill', 'kill', 'restart') }) },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('backup'), running: fc.constantFrom(true, true, true, false) }) },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('restore'), what: kindOf('database', 'database', 'folder') }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('clock'), minutes: fc.integer({ min: -120, max: 120 }) }) },
  { weight: 7, arbitrary: fc.record({ kind: kindOf('wait'), milliseconds: fc.nat(40) }) },
]

export const actions: fc.Arbitrary<Action[]> = fc.array(fc.oneof(...weighted), {
  minLength: 15,
  maxLength: 50,
  size: 'max',
})
