/** Who was in a group, and as what, at each of its revs: told by its own log, and held against its rules. */
import type { GroupRole, MessageRow } from '@rookery/protocol'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'

export type GroupHistory = 'all' | 'since_joining'

/** One time of somebody in the group. */
interface Stay {
  /** Messages up to this one are not for them. */
  readonly from_seq: number
  /** The rev by which they went out; infinite as long as they are in. */
  until: number
}

interface Member {
  readonly role: GroupRole
  readonly isIn: boolean
  readonly isSilenced: boolean
}

interface Standing {
  /** That of the event by which it became so. */
  readonly rev: number
  readonly members: ReadonlyMap<number, Member>
  readonly isSilenced: boolean
}

export interface Timeline {
  isIn(number: number): boolean
  /** Whether somebody may ever have seen what stood at a place by a rev. */
  maySee(number: number, seq: number, rev: number): boolean
  /** Everything in the log that somebody did who had no right to. */
  readonly faults: readonly Fault[]
}

const ranks: Readonly<Record<GroupRole, number>> = { owner: 0, admin: 1, member: 2 }
const nobody: Member = { role: 'member', isIn: false, isSilenced: false }

/**
 * @param log all of it.
 * @param wasKnown whether an event was known before a message was written: to call everybody is a right that is looked up
 *   before the message has its place, so who loses it at the same moment may still do it.
 */
export function readTimeline(
  log: readonly MessageRow[],
  history: GroupHistory,
  wasKnown: (event: MessageRow, message: MessageRow) => boolean = () => true,
): Timeline {
  const stays = new Map<number, Stay[]>()
  const standings: Standing[] = [{ rev: 0, members: new Map(), isSilenced: false }]
  const faults: Fault[] = []
  const [start] = standings
  if (!start) throw new Error('There is no beginning.')
  let now = start
  /** The event by which somebody has their role. */
  const changedBy = new Map<number, MessageRow>()
  let current: MessageRow

  const memberOf = (number: number, standing = now) => standing.members.get(number) ?? nobody
  /** The events themselves never change, so their revs are those of that moment. */
  const standingBefore = (rev: number) => standings.findLast((standing) => standing.rev < rev) ?? start

  function set(number: number, change: Partial<Member>): void {
    if (change.role !== undefined) changedBy.set(number, current)
    now = { ...now, members: new Map(now.members).set(number, { ...memberOf(number), ...change }) }
  }

  function comeIn(number: number, from_seq: number, role: GroupRole = 'member'): void {
    stays.set(number, [...(stays.get(number) ?? []), { from_seq, until: Number.POSITIVE_INFINITY }])
    set(number, { isIn: true, role })
  }

  function goOut(number: number, rev: number): void {
    const last = stays.get(number)?.at(-1)
    if (last) last.until = rev
    set(number, { isIn: false, role: 'member' })
  }

  const isAbove = (one: number, other: number) =>
    memberOf(one).isIn && memberOf(other).isIn && ranks[memberOf(one).role] < ranks[memberOf(other).role]

  function mayWrite(number: number): boolean {
    const { isIn, isSilenced, role } = memberOf(number)
    return isIn && !isSilenced && (role !== 'member' || !now.isSilenced)
  }

  function expectRight(has: boolean, row: MessageRow, what: string): void {
    if (!has)
      faults.push(fault('foreign', `[D10] ${row.conversation}/${row.seq}: ${row.sender} ${what} without the right to`))
  }

  function follow(row: MessageRow): void {
    const { body, sender, seq, rev } = row
    if (body.kind !== 'event') {
      expectRight(mayWrite(sender), row, 'wrote')
      const callsAll = body.kind === 'text' && body.mentions_all === true
      const event = changedBy.get(sender)
      const mayCall = memberOf(sender).role !== 'member' || (event !== undefined && !wasKnown(event, row))
      expectRight(!callsAll || mayCall, row, 'called everybody')
      return
    }
    current = row
    const people = (body.people ?? []).map(({ number }) => number)
    const from_seq = history === 'all' ? 0 : seq - 1
    const { event } = body
    const isOwner = memberOf(sender).role === 'owner'
    switch (event) {
      case 'created':
        comeIn(sender, 0, 'owner')
        for (const number of people) comeIn(number, 0)
        break
      case 'joined':
      case 'invited':
        expectRight(event === 'joined' || memberOf(sender).isIn, row, event)
        for (const number of people) comeIn(number, from_seq)
        break
      case 'left':
        expectRight(memberOf(sender).isIn && !isOwner, row, event)
        goOut(sender, rev)
        break
      case 'removed':
        for (const number of people) {
          expectRight(isAbove(sender, number), row, event)
          goOut(number, rev)
        }
        break
      case 'promoted':
      case 'demoted':
        for (const number of people) {
          expectRight(isOwner && isAbove(sender, number), row, event)
          set(number, { role: event === 'promoted' ? 'admin' : 'member' })
        }
        break
      case 'handed_over':
        for (const number of people) {
          expectRight(isOwner && isAbove(sender, number), row, event)
          set(number, { role: 'owner' })
        }
        set(sender, { role: 'admin' })
        break
      case 'muted':
      case 'unmuted':
        for (const number of people) {
          expectRight(isAbove(sender, number), row, event)
          set(number, { isSilenced: event === 'muted' })
        }
        if (people.length === 0) {
          expectRight(memberOf(sender).isIn && memberOf(sender).role !== 'member', row, event)
          now = { ...now, isSilenced: event === 'muted' }
        }
        break
      case 'renamed':
      case 'noticed':
      case 'configured':
      case 'dissolved':
        expectRight(memberOf(sender).isIn && memberOf(sender).role !== 'member', row, event)
    }
    now = { ...now, rev }
    standings.push(now)
  }

  /** What was taken back does not change any more: its rev is that of the taking back. */
  function followRecall(row: MessageRow): void {
    const { body, sender, rev } = row
    if (body.kind !== 'recalled') return
    const then = standingBefore(rev)
    const [by, of] = [memberOf(body.by, then), memberOf(sender, then)]
    const mayRecall = by.isIn && (body.by === sender || ranks[by.role] < ranks[of.role])
    expectRight(mayRecall, { ...row, sender: body.by }, 'took it back')
  }

  log.forEach(follow)
  log.forEach(followRecall)
  return {
    isIn: (number) => memberOf(number).isIn,
    maySee: (number, seq, rev) => (stays.get(number) ?? []).some((stay) => seq > stay.from_seq && rev < stay.until),
    faults,
  }
}
