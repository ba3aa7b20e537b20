/** A page, or a worker, of share.test.ts: the share layer in a real browser, over a simulated client. */
import { hostClient } from '../../packages/client/share/host.ts'
import { createBackstage, chat, makeRow, me } from '../../packages/client/share/simulated-client.ts'
import { createSimulation } from '../../packages/client/share/simulation.ts'
import { browserSurroundings } from '../../packages/client/share/surroundings.ts'
import { openSharedClient } from '../../packages/client/share/window.ts'

const surroundings = browserSurroundings()
if (!surroundings) throw new Error('This browser cannot share.')
const backstage = createBackstage()
const realm = { ...createSimulation().openRealm('page'), surroundings }
const openClient = () => backstage.open(realm)

export interface SharePage {
  texts(): string[]
  connection(): string
  send(text: string): void
  call(): Promise<unknown>
  /** Clients that are open here. */
  hosting(): number
  /** So many messages come at once to the client that is open here. */
  burst(count: number): void
  newer(): number
  close(): void
}

declare global {
  var share: SharePage
}

const address = new URL(location.href)
const build = Number(address.searchParams.get('build'))

if ('document' in globalThis) openPage()
else hostClient({ number: me.number, build, openClient })

function openPage(): void {
  let newer = 0
  const startWorker = () => void new SharedWorker(`/share-page.js?build=${build}`, { type: 'module' })
  const client = openSharedClient({
    number: me.number,
    build,
    startWorker: address.searchParams.has('worker') ? startWorker : null,
    openClient,
    schedule: (emit) => void requestAnimationFrame(emit),
    onNewerBuild: () => (newer += 1),
  })
  globalThis.share = {
    texts() {
      const shown = client.state().conversations.get(chat)
      return [...(shown?.messages ?? []), ...(shown?.pending ?? [])].map(({ body }) =>
        body.kind === 'text' ? body.text : body.kind,
      )
    },
    connection: () => client.state().connection.kind,
    send: (text) => void client.send(chat, text),
    call: () => client.call('presence.list', {}),
    hosting: () => listOpen().length,
    burst(count) {
      for (let index = 0; index < count; index += 1) {
        const seq = backstage.rows.length + 1
        backstage.rows = [...backstage.rows, makeRow(seq)]
        for (const each of listOpen())
          each.set((state) => {
            const held = state.conversations.get(chat)
            if (!held) return state
            const grown = { ...held, last_seq: seq, messages: [...held.messages, makeRow(seq)] }
            return { ...state, conversations: new Map(state.conversations).set(chat, grown) }
          })
      }
    },
    newer: () => newer,
    close: () => client.close(),
  }
}

function listOpen(): typeof backstage.clients {
  return backstage.clients.filter((each) => each.isOpen())
}
