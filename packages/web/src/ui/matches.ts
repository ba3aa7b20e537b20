/** Whether somebody is meant by what was typed into a search. */

/** By a part of the name, in any case, or by the beginning of the number. */
export function matches(person: { readonly name: string; readonly number: number }, query: string): boolean {
  const wanted = fold(query)
  return wanted === '' || fold(person.name).includes(wanted) || String(person.number).startsWith(wanted)
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLocaleLowerCase()
}
