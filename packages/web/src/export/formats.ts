/** The forms that a chat can be written in. Pure. */
import type { ExportedChat } from './entries.ts'
import { writeHtml } from './html.ts'
import { isSaying, timeFormat, type WriteOptions } from './words.ts'

export type ExportFormat = 'html' | 'json' | 'txt'

const types = { html: 'text/html', json: 'application/json', txt: 'text/plain' } as const

export function writeChat(format: ExportFormat, chat: ExportedChat, options: WriteOptions): Blob {
  return new Blob([write(format, chat, options)], { type: `${types[format]};charset=utf-8` })
}

function write(format: ExportFormat, chat: ExportedChat, options: WriteOptions): string {
  switch (format) {
    case 'html':
      return writeHtml(chat, options)
    case 'json':
      return writeJson(chat)
    case 'txt':
      return writeText(chat, options)
  }
}

export function writeJson({ title, at, entries }: ExportedChat): string {
  const messages = entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }))
  return `${JSON.stringify({ title, exportedAt: new Date(at).toISOString(), messages }, null, 2)}\n`
}

export function writeText({ title, entries }: ExportedChat, options: WriteOptions): string {
  const time = timeFormat(options.locale)
  const lines = entries.flatMap((entry) => {
    const head = isSaying(entry) ? `${time.format(entry.at)} ${entry.name}` : time.format(entry.at)
    const notes = [
      entry.edited ? ` (${options.edited})` : '',
      entry.forwardedFrom === undefined ? '' : ` (${options.forwarded(entry.forwardedFrom)})`,
    ].join('')
    const answers = entry.answers ? [`> ${entry.answers.name}: ${entry.answers.text.replaceAll('\n', '\n> ')}`] : []
    const items = (entry.items ?? []).map((item) => `  ${item.name}: ${item.text.replaceAll('\n', '\n  ')}`)
    return [`${head}${notes}`, ...answers, entry.text, ...items, '']
  })
  return [title, '', ...lines].join('\n')
}

/** What every system takes as the name of a file. */
export function fileName(title: string, at: number, format: ExportFormat): string {
  const safe = title
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .trim()
    .slice(0, 60)
  return `${safe || 'chat'} ${localDay(new Date(at))}.${format}`
}

/** The day as the calendar on the wall has it, in an order that sorts. */
function localDay(at: Date): string {
  const parts = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))
  return [at.getFullYear(), ...parts].join('-')
}
