/** Figures for Prometheus. */

export interface Metrics {
  /** Counts one operation by its outcome (`ok` or the refusal's code) and the milliseconds it took. */
  noteOperation(name: string, outcome: string, milliseconds: number): void
  /** Reads the gauge's value whenever somebody asks for the figures. */
  gauge(name: string, help: string, read: () => number): void
  /** The same for a figure that only grows. */
  counter(name: string, help: string, read: () => number): void
  /** The Prometheus text format (version 0.0.4). */
  print(): string
}

/** What is known of one operation. Its names are our own, so nothing in them must be escaped. */
interface Tally {
  readonly outcomes: Map<string, number>
  /** How many took at most as long as the bound of the same place, and longer than the one before. */
  readonly within: number[]
  count: number
  /** Seconds, all together. */
  sum: number
}

/** Seconds. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

type Kind = 'gauge' | 'counter' | 'histogram'

export function createMetrics(): Metrics {
  const tallies = new Map<string, Tally>()
  const families: (() => string)[] = []

  function tallyOf(operation: string): Tally {
    const known = tallies.get(operation)
    if (known) return known
    const tally = { outcomes: new Map<string, number>(), within: bounds.map(() => 0), count: 0, sum: 0 }
    tallies.set(operation, tally)
    return tally
  }

  function family(kind: Kind, name: string, help: string, lines: () => readonly string[]): void {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines(), ''].join('\n'))
  }

  const single = (kind: Kind) => (name: string, help: string, read: () => number) =>
    family(kind, name, help, () => [`${name} ${read()}`])
  const [gauge, counter] = [single('gauge'), single('counter')]

  family('counter', 'rookery_operations_total', 'Operations answered, by outcome.', () =>
    [...tallies].flatMap(([operation, { outcomes }]) =>
      Array.from(
        outcomes,
        ([outcome, count]) => `rookery_operations_total{operation="${operation}",outcome="${outcome}"} ${count}`,
      ),
    ),
  )
  family('histogram', 'rookery_operation_seconds', 'Time from request to answer.', () =>
    [...tallies].flatMap(([operation, tally]) => printTimes('rookery_operation_seconds', operation, tally)),
  )
  gauge('rookery_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())

  return {
    gauge,
    counter,
    noteOperation(operation, outcome, milliseconds) {
      const seconds = milliseconds / 1000
      const tally = tallyOf(operation)
      tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1)
      tally.count += 1
      tally.sum += seconds
      const place = bounds.findIndex((bound) => seconds <= bound)
      if (place >= 0) tally.within[place] = (tally.within[place] ?? 0) + 1
    },
    print: () => families.map((print) => print()).join('\n'),
  }
}

/** A bucket counts those of the lesser buckets too. */
function printTimes(name: string, operation: string, { within, count, sum }: Tally): string[] {
  let below = 0
  const buckets = bounds.map((bound, place) => {
    below += within[place] ?? 0
    return `${name}_bucket{le="${bound}",operation="${operation}"} ${below}`
  })
  return [
    ...buckets,
    `${name}_bucket{le="+Inf",operation="${operation}"} ${count}`,
    `${name}_sum{operation="${operation}"} ${sum}`,
    `${name}_count{operation="${operation}"} ${count}`,
  ]
}
