/** How the texts in `messages/` become code: options of the Paraglide compiler, for Vite and for type checks alone. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CompilerOptions } from '@inlang/paraglide-js'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Paraglide writes JavaScript only; the types it would need TypeScript 5 for are derived from the base language. */
function declareMessages(): string {
  const texts = JSON.parse(readFileSync(here('messages/en.json'), 'utf8')) as Record<string, string>
  const lines = Object.entries(texts)
    .filter(([key]) => !key.startsWith('$'))
    .map(([key, text]) => `  readonly ${key}: (${declareInputs(text)}) => string`)
  return `export declare const m: {\n${lines.join('\n')}\n}\n`
}

function declareInputs(text: string): string {
  const names = new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
  if (names.size === 0) return ''
  return `inputs: { ${[...names].map((name) => `${name}: string | number`).join('; ')} }`
}

const runtimeTypes = `export type Locale = 'en' | 'zh-CN'
export declare function getLocale(): Locale
export declare function overwriteGetLocale(getLocale: () => Locale): void
`

export const messageOptions: CompilerOptions = {
  project: here('project.inlang'),
  outdir: here('src/paraglide'),
  // The page's own `i18n/locale.ts` chooses; this is only what holds before it has.
  strategy: ['globalVariable', 'baseLocale'],
  isServer: 'false',
  outputStructure: 'locale-modules',
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitReadme: false,
  additionalFiles: { 'messages.d.ts': declareMessages(), 'runtime.d.ts': runtimeTypes },
}
