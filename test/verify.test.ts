/**
 * `rookery verify` against a quiet server, and one that is killed all the while. `ROOKERY_VERIFY_SECONDS=300` and
 * `ROOKERY_VERIFY_KILL_EVERY=20` are what a release is held to.
 */

import { expect, test } from 'bun:test'

import { choosePort, makeFolder, spawnServer, until } from './harness.ts'
import { faultless, readReport, startCommand, startVerify } from './verify-run.ts'

const seconds = Number(process.env.ROOKERY_VERIFY_SECONDS ?? 12)
const killEvery = Number(process.env.ROOKERY_VERIFY_KILL_EVERY ?? 3)

test('[D1] [D2] [D3] [D4] [D5] [D6] [D7] [D12] a quiet server where sign-up is by invitation has no fault', async () => {
  const settings = { ROOKERY_DATA: makeFolder(), ROOKERY_CONTACTS: 'request', ROOKERY_REGISTRATION: 'invite' }
  const server = await spawnServer(settings)
  const running = startVerify(
    ['--url', server.url, '--seconds', '3', '--people', '3', '--seed', '7', '--json'],
    settings,
  )
  const report = await readReport(running)
  expect(report).toMatchObject({ ...faultless, seed: 7 })
  expect(report.sends).toBeGreaterThan(100)
  expect(report.sends).toBeLessThanOrEqual(150)
  expect(report.acknowledged).toBeGreaterThan(0.8 * report.sends)
  expect(report.acknowledged).toBeLessThanOrEqual(report.sends)
  expect(report.amended).toBeGreaterThan(5)
  expect(report.equal_after).toBeLessThan(20_000)
  const { count, p50, p99, max } = report.delay ?? { count: 0, p50: 0, p99: 0, max: 0 }
  expect(count).toBeGreaterThan(10)
  expect([p50, p99, max]).toEqual([p50, p99, max].toSorted((a, b) => a - b))
  expect(p50).toBeLessThan(1_000)
  expect(await running.exited).toBe(0)
  await server.stop()
}, 60_000)

test(
  `[D1] [D2] [D3] [D4] [D5] [D6] [D7] [D12] kill -9 every ${killEvery} s of ${seconds} s: no fault`,
  async () => {
    const settings = { ROOKERY_DATA: makeFolder(), PORT: String(choosePort()) }
    let server = await spawnServer(settings)
    const running = startVerify(['--url', server.url, '--seconds', String(seconds), '--json'])
    let ended = false
    void running.exited.then(() => (ended = true))
    let kills = 0
    for (const begun = performance.now(); performance.now() - begun < (seconds - killEvery) * 1_000;) {
      await Promise.race([Bun.sleep(killEvery * 1_000), running.exited])
      if (ended) break
      await server.kill()
      kills += 1
      server = await spawnServer(settings)
    }
    const report = await readReport(running)
    console.log(`${kills} kills: ${JSON.stringify(report)}`)
    expect(report).toMatchObject(faultless)
    expect(report.equal_after).not.toBeNull()
    expect(kills).toBeGreaterThan(1)
    expect(await running.exited).toBe(0)
    await server.stop()
  },
  (seconds + 120) * 1_000,
)

test('with tickets, and a node that is gone: SIGINT ends the storm early, and it still compares', async () => {
  const settings = { ROOKERY_DATA: makeFolder(), ROOKERY_REGISTRATION: 'invite' }
  const server = await spawnServer(settings)
  const links = [startCommand(['invite'], settings), startCommand(['invite'], settings)].map(({ output }) => output())
  const tickets = (await Promise.all(links)).map((link) => link.trim().replace(/^.*#/, ''))
  const given = tickets.flatMap((ticket) => ['--ticket', ticket])
  const urls = `http://127.0.0.1:1,${server.url}`
  const running = startVerify(['--url', urls, '--seconds', '600', '--people', '2', '--json', ...given])
  // Its accounts are the sign that it has begun.
  const figures = async () => (await fetch(`${server.url}/metrics`)).text()
  await until(async () => /rookery_people_online 2/.test(await figures()))
  process.kill(running.pid, 'SIGINT')
  expect(await readReport(running)).toMatchObject(faultless)
  expect(await running.exited).toBe(0)
  await server.stop()
}, 60_000)

test('exit 2 for a wrong command; 1 and one line where nobody may sign up', async () => {
  const server = await spawnServer({ ROOKERY_REGISTRATION: 'closed' })
  const wrong = [['--url', 'nowhere'], ['--people', '1'], ['--seconds', '0'], ['--rate', 'x'], ['--nonsense']]
  expect(await Promise.all(wrong.map((args) => startVerify(args).exited))).toEqual(wrong.map(() => 2))
  const closed = startVerify(['--url', server.url])
  expect(await closed.exited).toBe(1)
  expect(await closed.errors()).toBe('accounts.signUp: Sign-up is not open here.\n')
  const badTicket = startVerify(['--url', server.url, '--ticket', 'A'.repeat(43)])
  expect(await badTicket.exited).toBe(1)
  await server.stop()
}, 60_000)
