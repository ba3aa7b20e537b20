/** What a figure is, and what one measurement of it gives. */
import type { World } from './world.ts'

export interface Figure {
  readonly name: string
  readonly unit: string
  /** Whether the greater or the smaller number is the good one. */
  readonly better: 'more' | 'less'
  /** The figure that says what the machine itself can do; null for those that are limits themselves. */
  readonly limit: string | null
}

/** What else is worth knowing of one run goes into `details`, for `--json`. */
export interface Sample {
  readonly value: number
  readonly details?: Readonly<Record<string, number>>
}

/** Measures one figure or several at once; `measure` answers one sample for each, in the same order. */
export interface Measurement {
  readonly figures: readonly Figure[]
  measure(site: Site): Promise<readonly Sample[]>
}

/** Where measurements take place. */
export interface Site {
  /** Scratch folders are made below it. */
  readonly parent: string
  readonly isQuick: boolean
  /** Made when first asked for. */
  world(): Promise<World>
}

export const figure = (name: string, unit: string, better: Figure['better'], limit: string | null = null): Figure => ({
  name,
  unit,
  better,
  limit,
})
