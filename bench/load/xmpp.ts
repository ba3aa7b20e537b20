/** XMPP (RFC 6120, 6121): password in the clear, as TLS is in no figure; messages to the bare address. */
import { readNumber, writeDigits } from './digits.ts'
import type { Dialect } from './dialect.ts'
import { digits, numberedText, password } from './texts.ts'
import { openWire } from './wire.ts'

const domain = 'localhost'
const [messageStart, messageEnd, bodyStart] = ['<message', '</message>', '<body>'].map((it) => Buffer.from(it)) as [
  Buffer,
  Buffer,
  Buffer,
]
const opening =
  `<?xml version='1.0'?><stream:stream to='${domain}' version='1.0' xmlns='jabber:client' ` +
  `xmlns:stream='http://etherx.jabber.org/streams'>`
const resource = '<resource>bench</resource>'
const bind = `<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${resource}</bind></iq>`

/** What ends each step of a log-in, and what is said then. The last is one's own presence, coming back. */
const steps = (name: string): readonly (readonly [RegExp, string])[] => [
  [/<\/stream:features>/, auth(name)],
  [/<success[^>]*>/, opening],
  [/<\/stream:features>/, bind],
  [/<iq [^]*<\/iq>/, '<presence/>'],
  [/<presence [^]*(?:\/>|<\/presence>)/, ''],
]

const auth = (name: string) =>
  `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>` +
  `${Buffer.from(`\0${name}\0${password}`).toString('base64')}</auth>`

export const xmpp: Dialect = {
  acknowledges: false,
  atOnce: 100,

  async connect(port, name, receiver) {
    const ready = Promise.withResolvers<void>()
    const left = [...steps(name)]
    const lost = (reason: string) => (left.length === 0 ? receiver.lost(reason) : ready.reject(new Error(reason)))
    const wire = await openWire(port, { lost, read: (bytes) => (left.length > 0 ? logIn(bytes) : readMessages(bytes)) })

    function logIn(bytes: Buffer): number {
      const [step] = left
      const text = bytes.toString('latin1')
      if (/<failure|<stream:error|type=['"]error/.test(text)) lost(text)
      const end = step?.[0].exec(text)
      if (!step || !end) return 0
      left.shift()
      if (step[1] !== '') wire.write(Buffer.from(step[1]))
      if (left.length === 0) ready.resolve()
      return end.index + end[0].length
    }

    /** Whatever stands between messages (a roster, an archive's hints) is passed over. */
    function readMessages(bytes: Buffer): number {
      let at = 0
      for (;;) {
        const end = bytes.indexOf(messageEnd, at)
        if (end < 0) break
        const start = bytes.indexOf(bodyStart, at)
        if (start < 0 || start > end) lost(`Not a message: ${bytes.toString('utf8', at, end)}`)
        receiver.delivered(readNumber(bytes, start + bodyStart.length))
        at = end + messageEnd.length
      }
      receiver.flush()
      if (at === bytes.length) return at
      const next = bytes.indexOf(messageStart, at)
      if (next >= 0) return next
      const rest = bytes.toString('latin1', at)
      if (/<stream:error|type=['"]error/.test(rest)) lost(rest)
      return at
    }

    wire.write(Buffer.from(opening))
    await ready.promise
    return wire
  },

  makeMessage(to) {
    const bytes = Buffer.from(`<message type='chat' to='${to}@${domain}' id='m'><body>${numberedText}</body></message>`)
    const end = bytes.indexOf(numberedText) + digits
    return { bytes, renumber: (batch, start, number) => writeDigits(batch, start + end, number, 10) }
  },
}
