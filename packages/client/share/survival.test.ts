import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { openSimulatedBrowser, readChat, type SimulatedWindow } from './simulated-browser.ts'
import { chat } from './simulated-client.ts'

/** What happens to which window, and how long until the next thing does. */
const happening = fc.record({
  what: fc.constantFrom('open', 'open newer', 'send', 'send', 'kill', 'close', 'hang', 'freeze', 'hide', 'kill worker'),
  which: fc.nat(5),
  pause: fc.constantFrom(0, 1, 5, 20, 300, 3_000, 9_000),
})

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

interface Plight {
  readonly window: SimulatedWindow
  readonly build: number
  standing: 'up' | 'hung' | 'frozen'
}

test.each(['none', 'silent', 'working'] as const)(
  'whatever happens to windows, in the end one hosts, and all that was written in the others arrived once (worker: %s)',
  async (workers) => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
        const browser = openSimulatedBrowser(workers)
        const { simulation, open, backstage, hosting } = browser
        const windows: Plight[] = []
        const written = new Map<string, Plight>()
        const openWindow = (build: number) => {
          const window = open({ build, random: (windows.length % 10) / 10 })
          windows.push({ window, build, standing: 'up' })
        }
        const lose = (gone: Plight) => {
          windows.splice(windows.indexOf(gone), 1)
          for (const [id, by] of written) if (by === gone) written.delete(id)
        }

        openWindow(1)
        await simulation.pass(10_000)
        for (const { what, which, pause } of happenings) {
          meet(what, windows[which % windows.length])
          await simulation.pass(pause)
        }
        if (windows.length === 0) openWindow(2)
        for (const plight of windows) wakeUp(plight)
        // A window in sight finds out what the ones out of sight need not know.
        for (const { window } of windows) window.realm.setVisible(true)
        await simulation.pass(60_000)

        expect(hosting()).toHaveLength(1)
        for (const { window } of windows) {
          expect(window.client.state()).toEqual(hosting()[0]?.state() as never)
          expect(readChat(window)).toHaveLength(backstage.rows.length)
        }
        const rows = backstage.rows.map(({ id }) => id)
        expect(new Set(rows).size).toBe(rows.length)
        expect(rows).toEqual(expect.arrayContaining([...written.keys()]))

        function meet(what: Happening['what'], plight: Plight | undefined): void {
          if (what === 'open') return openWindow(1)
          if (what === 'open newer') return openWindow(2)
          if (what === 'kill worker') return browser.workers.at(-1)?.kill()
          if (!plight) return
          const { realm, client } = plight.window
          switch (what) {
            case 'send':
              // Kept by the window as long as it lives, but only where the chat was seen.
              if (plight.standing === 'up') written.set(client.send(chat, `text ${written.size}`), plight)
              return
            case 'kill':
              realm.kill()
              return lose(plight)
            case 'close':
              if (plight.standing !== 'up') return
              realm.closePage()
              return lose(plight)
            case 'hang':
            case 'freeze':
              if (plight.standing !== 'up') return wakeUp(plight)
              plight.standing = what === 'hang' ? 'hung' : 'frozen'
              return realm.freeze(...(what === 'hang' ? [] : (['frozen'] as const)))
            case 'hide':
              if (plight.standing === 'up') realm.setVisible(false)
          }
        }

        function wakeUp(plight: Plight): void {
          const { realm } = plight.window
          if (plight.standing === 'hung') realm.resume()
          if (plight.standing === 'frozen') realm.resume('resumed')
          plight.standing = 'up'
        }
      }),
      { numRuns: 60 },
    )
  },
)

test.each(['none', 'silent', 'working'] as const)(
  'two hosts never both send for longer than it takes to hear of a theft (worker: %s)',
  async (workers) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9_000), { minLength: 1, maxLength: 12 }), async (pauses) => {
        const { simulation, open, hosting } = openSimulatedBrowser(workers)
        for (let count = 0; count < 5; count += 1) open({ random: count / 5 })
        let both = 0
        for (const pause of pauses) {
          const frozen = hosting()[0]?.realm
          frozen?.freeze()
          await simulation.pass(pause)
          frozen?.resume()
          for (let step = 0; step < 100; step += 1) {
            await simulation.pass(10)
            both = hosting().length > 1 ? both + 1 : 0
            expect(both).toBeLessThan(3)
          }
        }
      }),
      { numRuns: 20 },
    )
  },
)
