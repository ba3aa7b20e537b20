/** Draws docs/benchmarks/*.svg from the lines of `npm run --silent bench -- --json`: `bun bench/plot.ts FILE`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './report.ts'

interface Bar {
  readonly label: string
  readonly value: number
  readonly isOurs: boolean
}

const folder = join(import.meta.dir, '../docs/benchmarks')
const [width, barHeight, gap, labelWidth, valueWidth, top] = [760, 18, 8, 150, 110, 44]

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Usage: bun bench/plot.ts FILE')
  process.exit(2)
}
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line) as Row)

mkdirSync(folder, { recursive: true })
plot('send', 'Messages a second, 10 on the way in each of 100 pairs', besides('send.saturate'))
plot('send-window1', 'Messages a second, 1 on the way in each of 100 pairs', besides('send.window1'))
plot('delivery-p50', 'Milliseconds to delivery at 1,000 a second, half of all', besides('send.delivery.p50'))
plot('delivery-p99', 'Milliseconds to delivery at 1,000 a second, 99 of 100', besides('send.delivery.p99'))
plot('idle-memory', 'KB of memory for an idle connection', besides('idle.memory'))
plot('log-ins', 'Log-ins a second', besides('login.resume'))
plot('shares', "Rookery's share of the machine's limit, in percent", shares(), false)

/** Ours, and the same figure of each other server: its name stands behind. */
function besides(name: string): readonly Bar[] {
  return rows.flatMap(({ name: full, value }): readonly Bar[] => {
    const other = full.slice(name.length + 1)
    if (full === name) return [{ label: 'Rookery (on disk)', value, isOurs: true }]
    return full.startsWith(`${name}.`) && other !== 'cost' ? [{ label: other, value, isOurs: false }] : []
  })
}

function isOwn(name: string): boolean {
  return !/\.(?:ejabberd|prosody|inspircd|mosquitto)\b/.test(name)
}

function shares(): readonly Bar[] {
  return rows.flatMap(({ name, share }) =>
    share !== undefined && isOwn(name) ? [{ label: name, value: share * 100, isOurs: true }] : [],
  )
}

/** Figures of such different servers lie powers of ten apart: lengths are logarithmic unless told otherwise. */
function plot(name: string, title: string, bars: readonly Bar[], isLogarithmic = true): void {
  if (bars.length === 0) return
  const values = bars.map(({ value }) => value)
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)))
  const scale = (value: number) => (isLogarithmic ? Math.log10(value / least) + 0.1 : value)
  const longest = Math.max(...values.map(scale))
  const height = top + bars.length * (barHeight + gap)
  const lines = bars.map(({ label, value, isOurs }, index) => {
    const y = top + index * (barHeight + gap)
    const length = ((width - labelWidth - valueWidth) * scale(value)) / longest
    return [
      `<text x="${labelWidth - 8}" y="${y + 14}" text-anchor="end">${label}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3" class="${isOurs ? 'ours' : 'other'}"/>`,
      `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${y + 14}">${shorten(value)}</text>`,
    ].join('\n')
  })
  const head = `${title}${isLogarithmic ? ' (logarithmic)' : ''}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${head}">
<style>
text { font: 13px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600 }
.ours { fill: #2f81f7 }
.other { fill: #8b949e }
@media (prefers-color-scheme: dark) { text { fill: #adbac7 } }
</style>
<text x="8" y="22" class="title">${head}</text>
${lines.join('\n')}
</svg>
`
  writeFileSync(join(folder, `${name}.svg`), svg)
}

function shorten(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}
