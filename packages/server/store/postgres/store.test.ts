/** The store on PostgreSQL keeps what core/ports.ts promises. */
import { useCluster } from '../../../../test/postgres.ts'
import { describeStoreContract } from '../contract.ts'
import { describeFromBefore } from '../contract/from-before.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()

describeStoreContract('postgres', async () => {
  const url = await cluster().createDatabase()
  const store = await openPostgresStore(url)
  return {
    store,
    async reopen() {
      await store.close()
      return openPostgresStore(url)
    },
  }
})

describeFromBefore(async () => {
  const url = await cluster().createDatabase()
  const store = await openPostgresStore(url)
  return { store, run: (sql) => cluster().query(url, sql), close: () => store.close() }
})
