/** The search for people on this server. */
import type { ErrorCode, Person } from '@rookery/protocol'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Finder } from './finder.tsx'
import { FoundPerson } from './found-person.tsx'

interface FindPeopleProps {
  readonly query: string
  readonly onAdd: (person: Person) => void
  readonly onClose: () => void
}

export function FindPeople({ query, onAdd, onClose }: FindPeopleProps) {
  const client = useClient()

  async function find(text: string): Promise<readonly Person[] | ErrorCode> {
    const answer = await client.call('people.find', { query: text })
    return answer.ok ? answer.value.people : answer.code
  }

  return (
    <Finder label={m.add_query()} query={query} hint={m.add_hint()} none={m.add_none()} find={find}>
      {(person) => <FoundPerson key={person.number} person={person} onAdd={onAdd} onClose={onClose} />}
    </Finder>
  )
}
