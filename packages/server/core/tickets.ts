/** One-time links: they make the first administrator, invite somebody, or hand over a made account. */
import { ok, refuse, type Answer, type Checked, type Result } from '@rookery/protocol'
import type { Context, Visitor } from './context.ts'
import type { Ports, TicketKind } from './ports.ts'
import { hashSecret, makeSecret } from './secrets.ts'

const day = 86_400_000

/** How long each kind is good for, in milliseconds. */
const lifetimes: Record<TicketKind, number> = { admin: day, invite: 7 * day, claim: 90 * day }

export async function makeTicket(
  { store, randomBytes, clock }: Ports,
  kind: TicketKind,
  number: number | null = null,
): Promise<Result<{ ticket: string; expires_at: number }>> {
  const { secret, hash } = makeSecret({ randomBytes })
  const expires_at = clock.now() + lifetimes[kind]
  const created = await store.accounts.createTicket({ hash, kind, number, expires_at })
  return created.ok ? ok({ ticket: secret, expires_at }) : created
}

/**
 * A ticket for the first administrator, or null where there is one. Each node that starts makes one; with the first
 * that is used all others become worthless.
 */
export async function makeAdminTicket(ports: Ports): Promise<string | null> {
  if (await ports.store.accounts.hasAdmin()) return null
  const made = await makeTicket(ports, 'admin')
  return made.ok ? made.value.ticket : null
}

export async function invite(context: Context): Promise<Answer<'tickets.invite'>> {
  return makeTicket(context, 'invite')
}

export async function readTicket(
  { store, clock }: Context,
  _: Visitor,
  input: Pick<Checked<'tickets.read'>, 'ticket'>,
): Promise<Answer<'tickets.read'>> {
  const ticket = await store.accounts.findTicket(hashSecret(input.ticket), clock.now())
  if (!ticket) return refuse('ticket_invalid')
  if (ticket.kind !== 'claim') return ok({ kind: ticket.kind })
  const account = ticket.number === null ? null : await store.accounts.find(ticket.number)
  return account
    ? ok({ kind: 'claim', person: { number: account.number, name: account.name } })
    : refuse('ticket_invalid')
}
