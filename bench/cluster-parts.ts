/** A PostgreSQL and a NATS of the bench's own: each started when first needed, gone when the bench ends. */
import { startNatsServer, type NatsServer } from '../test/nats-server.ts'
import { startCluster, type Cluster } from '../test/postgres.ts'
import { atEnd } from './cleanup.ts'
import type { Measurement } from './figures.ts'

let startedDatabase: Promise<Cluster> | null = null
let startedBus: Promise<NatsServer> | null = null

export function database(): Promise<Cluster> {
  startedDatabase ??= startCluster({ shared_buffers: '256MB', max_wal_size: '2GB' }).then((cluster) => {
    atEnd(() => void cluster.remove())
    return cluster
  })
  return startedDatabase
}

export function bus(): Promise<NatsServer> {
  startedBus ??= startNatsServer()
  return startedBus
}

/** Those that can be had: without PostgreSQL and NATS some cannot. */
export function leaveOutCluster(
  chosen: readonly Measurement[],
  needing: readonly Measurement[],
): readonly Measurement[] {
  const hasParts = Bun.which('nats-server') !== null && Bun.which('psql') !== null
  const left = chosen.filter((measurement) => needing.includes(measurement))
  if (hasParts || left.length === 0) return chosen
  const names = left.flatMap(({ figures }) => figures.map(({ name }) => name))
  console.error(`No PostgreSQL or no nats-server (\`npm test\` installs both): left out are ${names.join(', ')}.`)
  return chosen.filter((measurement) => !left.includes(measurement))
}
