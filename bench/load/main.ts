/** The load process: reads one job from standard input, prints one line of result, ends with its input. */
import { fanOut } from './fan-out.ts'
import { flood } from './flood.ts'
import { measureFsync } from './fsync.ts'
import { hold, holdOthers } from './hold.ts'
import { insertMessages } from './inserts.ts'
import type { Job, Results } from './jobs.ts'
import { askAsOldClients } from './old-clients.ts'
import { pace } from './pace.ts'
import { readPages } from './pages.ts'

function run(job: Job): Promise<Results[Job['kind']]> | Results[Job['kind']] {
  switch (job.kind) {
    case 'flood':
      return flood(job)
    case 'pace':
      return pace(job)
    case 'hold':
      return hold(job)
    case 'hold-others':
      return holdOthers(job)
    case 'old-clients':
      return askAsOldClients(job)
    case 'fan-out':
      return fanOut(job)
    case 'pages':
      return readPages(job)
    case 'fsync':
      return measureFsync(job)
    case 'inserts':
      return insertMessages(job)
  }
}

// A load process whose parent is gone must not stay behind: its input ends, and so does it.
for await (const line of console) {
  console.log(JSON.stringify(await run(JSON.parse(line) as Job)))
}
process.exit(0)
