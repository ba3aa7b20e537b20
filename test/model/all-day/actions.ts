/** What people do all day, and what happens to their devices. Numbers choose among what there is at that moment. */
import fc from 'fast-check'

interface OnDevice {
  readonly device: number
}
interface InRoom extends OnDevice {
  readonly room: number
}
interface OnMessage extends InRoom {
  /** From 0 for the newest to 100 for the oldest of those that are loaded. */
  readonly which: number
}
interface InGroup extends OnDevice {
  readonly group: number
}
interface OnPerson extends OnDevice {
  readonly whom: number
}

export type Doing =
  | (OnMessage & { readonly kind: 'say'; readonly how: 'plain' | 'reply' | 'mention' | 'all'; readonly count: number })
  | (OnMessage & { readonly kind: 'forward'; readonly to: number; readonly merged: boolean })
  | (OnMessage & { readonly kind: 'edit' | 'recall'; readonly whose: 'own' | 'any' })
  | (OnMessage & { readonly kind: 'react'; readonly emoji: number; readonly on: boolean })
  | (InRoom & {
      readonly kind: 'arrange'
      readonly what: 'pinned' | 'muted' | 'marked' | 'draft'
      readonly on: boolean
    })
  | (InRoom & { readonly kind: 'read'; readonly percent: number })
  /** Looks at a chat: jumps to a message, quotes it, lists the members. */
  | (OnMessage & { readonly kind: 'look' })
  | (InGroup &
      OnPerson & {
        readonly kind: 'invite' | 'remove' | 'promote' | 'demote' | 'handOver' | 'silence' | 'unsilence'
      })
  | (InGroup & { readonly kind: 'leave' })
  | (InGroup & { readonly kind: 'configure'; readonly what: 'name' | 'notice' | 'silenced' | 'open' })
  /** Somebody who is always in brings everybody in again. */
  | { readonly kind: 'gather'; readonly group: number }
  | (OnPerson & { readonly kind: 'block' | 'unblock' | 'part' | 'befriend' })
  /** Signs a device out from elsewhere. */
  | (OnDevice & { readonly kind: 'revoke' })
  | (OnDevice & { readonly kind: 'cut' | 'tear' | 'freeze' | 'mend' | 'crash' | 'close' | 'open' })
  | (OnDevice & { readonly kind: 'delay'; readonly milliseconds: number })
  | { readonly kind: 'newcomer'; readonly person: number }
  | { readonly kind: 'kill' | 'restart' }
  | { readonly kind: 'wait'; readonly milliseconds: number }

export type DoingOf<Kind extends Doing['kind']> = Extract<Doing, { readonly kind: Kind }>

export const peopleCount = 3

const device = fc.nat(7)
const room = fc.nat(3)
const group = fc.nat(1)
const person = fc.nat(peopleCount - 1)
const whom = person
const on = fc.boolean()
/** What is taken away again must be there. */
const mostlyTrue = fc.constantFrom(true, true, false)
const which = fc.constantFrom(0, 0, 10, 30, 60, 100, 100)
const whose = fc.constantFrom('own', 'own', 'own', 'any')
const kindOf = <const Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds)

const weighted: { weight: number; arbitrary: fc.Arbitrary<Doing> }[] = [
  {
    weight: 22,
    arbitrary: fc.record({
      kind: kindOf('say'),
      device,
      room,
      which,
      how: kindOf('plain', 'plain', 'plain', 'reply', 'mention', 'mention', 'all'),
      count: fc.constantFrom(1, 1, 1, 2, 55),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('forward'), device, room, which, to: room, merged: on }) },
  { weight: 10, arbitrary: fc.record({ kind: kindOf('edit'), device, room, which, whose }) },
  { weight: 6, arbitrary: fc.record({ kind: kindOf('recall'), device, room, which, whose }) },
  {
    weight: 10,
    arbitrary: fc.record({ kind: kindOf('react'), device, room, which, emoji: fc.nat(2), on: mostlyTrue }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kindOf('arrange'),
      device,
      room,
      what: kindOf('pinned', 'muted', 'marked', 'draft'),
      on,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: kindOf('read'), device, room, percent: fc.constantFrom(50, 80, 100, 100) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kindOf('look'), device, room, which }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: kindOf('invite', 'invite', 'remove', 'remove', 'promote', 'demote', 'handOver', 'silence', 'unsilence'),
      device,
      group,
      whom,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('leave'), device, group }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kindOf('configure'),
      device,
      group,
      what: kindOf('name', 'notice', 'silenced', 'open'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('gather'), group }) },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('block', 'part'), device, whom }) },
  { weight: 4, arbitrary: fc.record({ kind: kindOf('unblock', 'befriend'), device, whom }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('revoke'), device }) },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('cut', 'tear', 'freeze'), device }) },
  { weight: 8, arbitrary: fc.record({ kind: kindOf('mend'), device }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('delay'), device, milliseconds: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('crash', 'crash', 'close'), device }) },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('open'), device }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('newcomer'), person }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('kill', 'restart') }) },
  { weight: 20, arbitrary: fc.record({ kind: kindOf('wait'), milliseconds: fc.nat(80) }) },
]

export const days: fc.Arbitrary<Doing[]> = fc.array(fc.oneof(...weighted), {
  minLength: 30,
  maxLength: 90,
  size: 'max',
})
