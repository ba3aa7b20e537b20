/** The texts in English. Their keys and inputs are those of every language. */
import { chats } from './en/chats.ts'
import { page } from './en/page.ts'
import { people } from './en/people.ts'
import { settings } from './en/settings.ts'

export const en = { ...page, ...chats, ...people, ...settings }
