/** The scenes of what people do all day, once more: each file as it is, with its servers on PostgreSQL. */
import { expect, test } from 'bun:test'
import { clusterName } from './harness.ts'
import { useCluster } from './postgres.ts'

// The scenes pull no plugs: outage.test.ts does.
const cluster = useCluster({ fsync: 'off' })

const scenes = [
  'arranging',
  'chatting',
  'finding',
  'forwards',
  'group-joining',
  'group-leaving',
  'group-rights',
  'groups',
  'in-step',
  'messages',
  'presence',
  'profiles',
]

test.each(scenes)('%s.test.ts passes on PostgreSQL', async (scene) => {
  const child = Bun.spawn([process.execPath, 'test', '--timeout', '60000', `./test/${scene}.test.ts`], {
    cwd: `${import.meta.dir}/..`,
    env: { ...process.env, [clusterName]: await cluster().createDatabase() },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  const failures = `${out}${err}`.split('\n').filter((line) => !line.startsWith('(pass)'))
  expect((await child.exited) === 0 ? '' : failures.join('\n')).toBe('')
  expect(err).toMatch(/^ [1-9]\d* pass$/m)
})
