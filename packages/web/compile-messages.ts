/** Writes `src/paraglide` without building the page: what a type check needs on a fresh checkout. */
import { compile } from '@inlang/paraglide-js'
import { messageOptions } from './message-options.ts'

await compile(messageOptions)
