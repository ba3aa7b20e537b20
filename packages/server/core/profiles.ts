/** What others see of somebody. */
import { createHash } from 'node:crypto'
import { LIMITS, ok, refuse, type Answer, type Checked } from '@rookery/protocol'
import { announceOwnRows } from './announce.ts'
import type { Context, User } from './context.ts'
import { foldName } from './names.ts'
import type { Avatar, ProfileChange } from './own-row-ports.ts'

export async function updateProfile(
  context: Context,
  { number }: User,
  { name, signature }: Checked<'accounts.updateProfile'>,
): Promise<Answer<'accounts.updateProfile'>> {
  return changeProfile(context, {
    number,
    ...(name !== undefined && { name, folded_name: foldName(name) }),
    ...(signature !== undefined && { signature }),
  })
}

/** A picture is what its first bytes say, whatever it is called. */
export async function setAvatar(
  context: Context,
  { number }: User,
  { image }: Checked<'accounts.setAvatar'>,
): Promise<Answer<'accounts.setAvatar'>> {
  if (image === null) return changeProfile(context, { number, avatar: null })
  const bytes = new Uint8Array(Buffer.from(image, 'base64'))
  const type = typeOf(bytes)
  if (!type) return refuse('bad_request')
  if (bytes.length > LIMITS.avatarBytes) return refuse('too_large')
  const name = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return changeProfile(context, { number, avatar: { name, type, bytes } })
}

export async function getPeople(
  { store }: Context,
  _: User,
  { numbers }: Checked<'people.get'>,
): Promise<Answer<'people.get'>> {
  return ok({ people: await store.accounts.people(numbers) })
}

async function changeProfile(context: Context, change: ProfileChange): Promise<Answer<'accounts.updateProfile'>> {
  const { store } = context
  const changed = await store.contacts.changeProfile(change)
  if (!changed.ok) return changed
  announceOwnRows(context, changed.value)
  const [person] = await store.accounts.people([change.number])
  if (!person) throw new Error('A logged-in account vanished.')
  return ok(person)
}

function typeOf(bytes: Uint8Array): Avatar['type'] | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null
}
