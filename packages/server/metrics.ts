/** Figures for Prometheus. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** Counts one operation by its outcome (`ok` or the refusal's code) and the milliseconds it took. */
  noteOperation(name: string, outcome: string, milliseconds: number): void
  /** Reads the gauge's value whenever somebody asks for the figures. */
  gauge(name: string, help: string, read: () => number): void
  /** The same for a figure that only grows. */
  counter(name: string, help: string, read: () => number): void
  /** The Prometheus text format. */
  print(): Promise<string>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counted = new Counter({
    name: 'rookery_operations_total',
    help: 'Operations answered, by outcome.',
    labelNames: ['operation', 'outcome'] as const,
    registers,
  })
  const timed = new Histogram({
    name: 'rookery_operation_seconds',
    help: 'Time from request to answer.',
    labelNames: ['operation'] as const,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  })
  function gauge(name: string, help: string, read: () => number): void {
    const collect = function (this: Gauge) {
      this.set(read())
    }
    registry.registerMetric(new Gauge({ name, help, collect, registers: [] }))
  }
  function counter(name: string, help: string, read: () => number): void {
    const collect = function (this: Counter) {
      this.reset()
      this.inc(read())
    }
    registry.registerMetric(new Counter({ name, help, collect, registers: [] }))
  }
  gauge('rookery_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  return {
    gauge,
    counter,
    noteOperation(operation, outcome, milliseconds) {
      counted.inc({ operation, outcome })
      timed.observe({ operation }, milliseconds / 1000)
    },
    print: () => registry.metrics(),
  }
}
