/** What a file of scenes needs: a browser, a server, and an end for both. */
import { afterAll, afterEach, beforeAll, expect } from 'bun:test'
import type { Browser } from 'playwright-core'
import type { LogIn } from '../harness.ts'
import { enterBrowser, launchBrowser, openPerson, type Locale, type Person } from './browser.ts'

interface Server {
  readonly url: string
  stop(): unknown
}

export interface Stage<Running extends Server> {
  readonly browser: Browser
  readonly server: Running
  /** Somebody at a browser of their own; after the test it is closed, and nothing may have gone wrong in it unseen. */
  open(locale: Locale): Promise<Person>
  /** The same, logged in. */
  enter(locale: Locale, who: Pick<LogIn, 'me'>): Promise<Person>
}

/** Call once in a file. */
export function setStage<Running extends Server>(start: () => Promise<Running>): Stage<Running> {
  let set: { readonly browser: Browser; readonly server: Running } | null = null
  const people: Person[] = []

  function get() {
    if (set === null) throw new Error('The stage is set when the tests begin.')
    return set
  }

  beforeAll(async () => {
    const [browser, server] = await Promise.all([launchBrowser(), start()])
    set = { browser, server }
  })
  afterEach(async () => {
    for (const { faults } of people) expect(faults).toEqual([])
    await Promise.all(people.splice(0).map(({ context }) => context.close()))
  })
  afterAll(async () => {
    const { browser, server } = get()
    await browser.close()
    await server.stop()
  })

  async function open(locale: Locale): Promise<Person> {
    const person = await openPerson(get().browser, get().server.url, locale)
    people.push(person)
    return person
  }

  return {
    get browser() {
      return get().browser
    },
    get server() {
      return get().server
    },
    open,
    async enter(locale, { me }) {
      const person = await open(locale)
      await enterBrowser(person, me.name)
      return person
    },
  }
}
