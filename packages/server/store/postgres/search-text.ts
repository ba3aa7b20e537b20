/** What a message is found by, as the index has it; and what is looked for, as the index is asked. */
import type { Phrase, Searchable, SearchRequest } from '../../core/search-ports.ts'

/** Letters past these are not told apart: the index takes no words of any length. */
const longestToken = 255
const tooLong = new RegExp(`[^ ]{${longestToken + 1},}`, 'g')

/** The migration's expression, to the letter: by it PostgreSQL knows that the index has the answer. */
export const lexemes = `array_to_tsvector(string_to_array(btrim(tokens), ' '))`

/** Every token stands between spaces. A mark begins with a colon, which is in no token. */
export function indexText({ words, kind }: Searchable, sender: number): string {
  return ` ${senderMark(sender)} ${kindMark(kind)} ${words.replaceAll(tooLong, cut)} `
}

/** The longest part that the texts hold which are looked for: it is looked for first. */
export function needleOf({ phrases }: SearchRequest): string {
  return phrases.map(needle).reduce((longest, each) => (each.length > longest.length ? each : longest))
}

/** All that these texts hold, as patterns of LIKE: tokens have none of its signs. */
export function patternsOf({ phrases, ...request }: SearchRequest): string[] {
  return [...marksOf(request).map((mark) => ` ${mark} `), ...phrases.map(needle)].map((part) => `%${part}%`)
}

/** The same, wherever in the text each token stands: all that the index itself can tell. */
export function loosePatternsOf({ phrases, ...request }: SearchRequest): string[] {
  const alone = phrases.flatMap(({ tokens, isPrefix }) =>
    tokens.map((token, place) => ({ tokens: [token], isPrefix: isPrefix && place === tokens.length - 1 })),
  )
  return patternsOf({ ...request, phrases: alone })
}

/** A tsquery of all tokens and marks. */
export function indexQuery({ phrases, ...request }: SearchRequest): string {
  const tokens = phrases.flatMap(({ tokens: all, isPrefix }) =>
    all.map((token, place) => (isPrefix && place === all.length - 1 ? `${quote(cut(token))}:*` : quote(cut(token)))),
  )
  return [...marksOf(request).map(quote), ...tokens].join(' & ')
}

function needle({ tokens, isPrefix }: Phrase): string {
  return ` ${tokens.map(cut).join(' ')}${isPrefix ? '' : ' '}`
}

function marksOf({ sender, kind }: Pick<SearchRequest, 'sender' | 'kind'>): string[] {
  return [...(sender === null ? [] : [senderMark(sender)]), ...(kind === null ? [] : [kindMark(kind)])]
}

const senderMark = (sender: number) => `:s${sender}`
const kindMark = (kind: string) => `:k${kind}`

function cut(token: string): string {
  return token.slice(0, longestToken).toWellFormed()
}

function quote(token: string): string {
  return `'${token.replaceAll(/['\\]/g, '$&$&')}'`
}
