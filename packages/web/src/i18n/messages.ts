/** The texts of the page as typed functions, in the language in use. Only that language's texts are loaded. */
import type { en } from './texts/en.ts'

type Key = keyof typeof en
export type Texts = Readonly<Record<Key, string>>

/** What stands in braces: `{name} and {count} others` has `name` and `count`. */
type Inputs<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Inputs<Rest> : never
type Message<Names extends string> = [Names] extends [never]
  ? () => string
  : (inputs: Readonly<Record<Names, string | number>>) => string
type Messages = { readonly [Each in Key]: Message<Inputs<(typeof en)[Each]>> }

const catalogues = {
  en: async (): Promise<Texts> => (await import('./texts/en.ts')).en,
  'zh-CN': async (): Promise<Texts> => (await import('./texts/zh-cn.ts')).zhCN,
}
export type Locale = keyof typeof catalogues

let inUse: { readonly locale: Locale; readonly texts: Texts } | null = null

/** From here on the texts are in this language; rejects where they cannot be fetched, and then nothing changes. */
export async function loadTexts(locale: Locale): Promise<void> {
  inUse = { locale, texts: await catalogues[locale]() }
}

/** The language of the texts. */
export function textsLocale(): Locale {
  return loaded().locale
}

/** `m.key(inputs)` is the text. Never called before the texts are loaded; may be handed on before. */
export const m = new Proxy({} as Messages, {
  get: (_, key: Key) => (inputs?: Readonly<Record<string, string | number>>) => fill(key, inputs),
})

function fill(key: Key, inputs: Readonly<Record<string, string | number>> = {}): string {
  return loaded().texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(inputs[name]))
}

function loaded() {
  if (inUse === null) throw new Error('A text was asked for before the texts were loaded.')
  return inUse
}
