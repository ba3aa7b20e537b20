/** Throw-away accounts, all contacts of each other. */
import { LIMITS, type Me } from '@rookery/protocol'
import { ask, readStandings, Refused, type Urls } from './ask.ts'

export interface Person {
  readonly number: number
  readonly password: string
  /** Of the session that the checker itself reads with. */
  readonly token: string
}

export interface Chat {
  readonly conversation: number
  readonly members: readonly Person[]
}

export interface PeopleParts {
  readonly urls: Urls
  readonly count: number
  /** One-time tickets for where registration is by invitation. */
  readonly tickets: readonly string[]
  /** Makes one more; null where the data folder is not at hand. */
  invite(): Promise<string | null>
}

/** Named so that one can tell them, and the accounts of other runs: `verify 3f2a81c0 1`. @throws {Refused} where nobody may sign up. */
export async function makePeople({ urls, count, tickets, invite }: PeopleParts): Promise<Person[]> {
  const mark = crypto.randomUUID().slice(0, 8)
  const password = crypto.randomUUID()
  const people: Person[] = []
  for (let index = 1; index <= count; index += 1) {
    const signUp = (ticket: string | null | undefined): Promise<{ token: string; me: Me }> =>
      ask(urls, 'accounts.signUp', {
        name: `verify ${mark} ${index}`,
        password,
        confirm: password,
        device: 'rookery verify',
        ...(ticket && { ticket }),
      })
    const { token, me } = await signUp(tickets[index - 1]).catch(async (error: unknown) => {
      const ticket = error instanceof Refused && error.code === 'registration_closed' ? await invite() : null
      if (ticket === null) throw error
      return signUp(ticket)
    })
    people.push({ number: me.number, password, token })
  }
  return people
}

/** One more device of theirs: a session of its own. */
export async function logInAgain(urls: Urls, { number, password }: Person): Promise<string> {
  const device = 'rookery verify'.slice(0, LIMITS.deviceNameLength)
  const { token } = await ask(urls, 'sessions.logIn', { login: String(number), password, device })
  return token
}

/** Makes all of them contacts of each other. */
export async function makeChats(urls: Urls, people: readonly Person[]): Promise<Chat[]> {
  const chats: Chat[] = []
  for (const [index, one] of people.entries()) {
    for (const other of people.slice(index + 1)) {
      await become(urls, one, other)
      const theirs = new Set((await readStandings(urls, other.token)).keys())
      const taken = new Set(chats.map(({ conversation }) => conversation))
      for (const conversation of (await readStandings(urls, one.token)).keys())
        if (theirs.has(conversation) && !taken.has(conversation)) chats.push({ conversation, members: [one, other] })
    }
  }
  return chats
}

/** A group of all of them. */
export async function makeGroup(urls: Urls, people: readonly Person[]): Promise<Chat[]> {
  const [owner, ...others] = people
  if (!owner) return []
  const members = others.map(({ number }) => number)
  const { conversation } = await ask(urls, 'groups.create', { name: 'verify', members }, owner.token)
  return [{ conversation, members: people }]
}

/** Where contacts are open, the request is enough. Asked twice, for an answer that was lost, is as good as once. */
async function become(urls: Urls, one: Person, other: Person): Promise<void> {
  const { state } = await ask(urls, 'contacts.request', { number: other.number }, one.token).catch(settled)
  if (state === 'friend') return
  await ask(urls, 'contacts.answer', { number: one.number, accept: true }, other.token)
}

function settled(error: unknown): { state: 'friend' | 'outgoing' } {
  if (error instanceof Refused && error.code === 'already_contacts') return { state: 'friend' }
  if (error instanceof Refused && error.code === 'already_asked') return { state: 'outgoing' }
  throw error
}
