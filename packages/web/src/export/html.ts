/** A chat as one page that needs nothing else and runs nothing. Everything that people wrote is escaped. */
import { isSaying, timeFormat, type WriteOptions } from './words.ts'
import type { Entry, ExportedChat } from './entries.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 720px; margin: 0 auto; padding: 24px 16px; background: light-dark(#f3f5f8, #0f1215); color: light-dark(#12171c, #e9edf1); }
ol { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none; }
article { padding: 8px 12px; border-radius: 12px; background: light-dark(#fff, #1d2329); }
header { display: flex; gap: 8px; font-size: 12px; color: light-dark(#4e5965, #a9b4bf); }
header b { color: light-dark(#066a8f, #6cc8ea); }
p { margin: 2px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: 4px 0; padding: 0 10px; border-left: 3px solid light-dark(#08749c, #55bfe6); font-size: 13px; }
.line { text-align: center; font-size: 12px; color: light-dark(#616c78, #8d99a6); }
`

export function writeHtml({ title, entries }: ExportedChat, options: WriteOptions): string {
  const time = timeFormat(options.locale)
  const items = entries.map((entry) => `<li>${writeEntry(entry, time, options)}</li>`)
  return `<!doctype html>
<html lang="${escape(options.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(title)}</h1>
<ol>
${items.join('\n')}
</ol>
</body>
</html>
`
}

function writeEntry(entry: Entry, time: Intl.DateTimeFormat, { edited, forwarded }: WriteOptions): string {
  const at = `<time datetime="${new Date(entry.at).toISOString()}">${escape(time.format(entry.at))}</time>`
  if (!isSaying(entry)) return `<p class="line">${at} ${escape(entry.text)}</p>`
  const notes = [
    entry.edited ? `<span>${escape(edited)}</span>` : '',
    entry.forwardedFrom === undefined ? '' : `<span>${escape(forwarded(entry.forwardedFrom))}</span>`,
  ]
  const answers = entry.answers
    ? `<blockquote><p><b>${escape(entry.answers.name)}</b> ${escape(entry.answers.text)}</p></blockquote>`
    : ''
  const merged = (entry.items ?? []).map(({ name, text }) => `<p><b>${escape(name)}</b> ${escape(text)}</p>`).join('')
  const reactions = (entry.reactions ?? []).map(({ emoji, count }) => `${escape(emoji)} ${count}`).join(' · ')
  return [
    `<article><header><b>${escape(entry.name)}</b>${at}${notes.join('')}</header>`,
    answers,
    `<p>${escape(entry.text)}</p>`,
    merged === '' ? '' : `<blockquote>${merged}</blockquote>`,
    reactions === '' ? '' : `<p>${reactions}</p>`,
    '</article>',
  ].join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
