/** The texts in Chinese. */
import { chats } from './zh-cn/chats.ts'
import { page } from './zh-cn/page.ts'
import { people } from './zh-cn/people.ts'
import { settings } from './zh-cn/settings.ts'

export const zhCN = { ...page, ...chats, ...people, ...settings }
