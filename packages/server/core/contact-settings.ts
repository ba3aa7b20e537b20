/** What one sets up about others for oneself: remarks, contact groups, whom one blocks. */
import { LIMITS, ok, refuse, type Answer, type Checked, type ContactRow } from '@rookery/protocol'
import { announceOwnRows } from './announce.ts'
import { changeRights } from './contacts.ts'
import type { Context, User } from './context.ts'
import type { RowChange } from './own-row-ports.ts'
import { showAnew } from './shown-presence.ts'

export async function arrange(
  context: Context,
  { number: owner }: User,
  { number: peer, ...set }: Checked<'contacts.arrange'>,
): Promise<Answer<'contacts.arrange'>> {
  for (;;) {
    const row = await context.store.contacts.find(owner, peer)
    if (!row) return refuse('not_found')
    if (set.group !== undefined && !(await hasGroup(context, owner, set.group))) return refuse('not_found')
    const changed = await changeRows(context, [{ row: 'contact', owner, peer, set: definedOf(set), expect: row.rev }])
    if (changed === 'stale') continue
    if (changed.ok && set.hidden !== undefined && set.hidden !== row.hidden) showAnew(context, owner, peer)
    return changed
  }
}

/** Whoever is blocked can no longer write, ask, or see anything; a contact stays one, to be let in again. */
export async function block(
  context: Context,
  { number: owner }: User,
  { number: peer, blocked }: Checked<'contacts.block'>,
): Promise<Answer<'contacts.block'>> {
  const { store } = context
  if (owner === peer || !(await store.accounts.find(peer))) return refuse('not_found')
  for (;;) {
    const [mine, theirs] = await Promise.all([store.contacts.find(owner, peer), store.contacts.find(peer, owner)])
    const isOpen = mine?.state === 'friend' && !blocked && !theirs?.blocked
    const rights = await changeRights(context, owner, peer, isOpen)
    if (!rights.ok) return rights
    // Their row with it, if there is one: whatever else the two do at the same moment is decided again.
    const changed = await changeRows(context, [
      { row: 'contact', owner, peer, set: { blocked }, expect: mine?.rev ?? 0 },
      ...(theirs ? [{ row: 'contact', owner: peer, peer: owner, set: {}, expect: theirs.rev } as const] : []),
      ...rights.value,
    ])
    if (changed === 'stale') continue
    if (changed.ok && blocked !== (mine?.blocked ?? false)) {
      showAnew(context, owner, peer)
      showAnew(context, peer, owner)
    }
    return changed
  }
}

/** All at once: the list, and the contacts of groups that are called otherwise now or are gone. */
export async function setGroups(
  context: Context,
  { number: owner }: User,
  { groups }: Checked<'contacts.setGroups'>,
): Promise<Answer<'contacts.setGroups'>> {
  const names = groups.map(({ name }) => name)
  if (new Set(names).size !== names.length || names.length > LIMITS.contactGroups) return refuse('bad_request')
  const renamed = new Map(groups.flatMap(({ name, renamed: before }) => (before === undefined ? [] : [[before, name]])))
  const next = (group: string) => renamed.get(group) ?? (names.includes(group) ? group : '')
  for (;;) {
    const [settings, contacts] = await Promise.all([
      context.store.contacts.settings(owner),
      context.store.contacts.all(owner),
    ])
    const moved = contacts.filter(({ group }) => group !== next(group))
    const changed = await changeRows(context, [
      { row: 'settings', owner, set: { contact_groups: names }, expect: settings.rev },
      ...moved.map(({ peer, group, rev }): RowChange => ({
        row: 'contact',
        owner,
        peer,
        set: { group: next(group) },
        expect: rev,
      })),
    ])
    if (changed !== 'stale') return changed.ok ? ok({ groups: names }) : changed
  }
}

async function hasGroup({ store }: Context, owner: number, group: string): Promise<boolean> {
  return group === '' || (await store.contacts.settings(owner)).contact_groups.includes(group)
}

async function changeRows(context: Context, changes: readonly RowChange[]) {
  const changed = await context.store.contacts.change(changes)
  if (!changed.ok) return changed
  if (changed.value === 'stale') return changed.value
  announceOwnRows(context, changed.value)
  return ok({})
}

type Arranged = Pick<ContactRow, 'remark' | 'group' | 'hidden'>

function definedOf({
  remark,
  group,
  hidden,
}: { [Key in keyof Arranged]?: Arranged[Key] | undefined }): Partial<Arranged> {
  return {
    ...(remark !== undefined && { remark }),
    ...(group !== undefined && { group }),
    ...(hidden !== undefined && { hidden }),
  }
}
