/** IRC (RFC 2812): private messages, one line each. */
import { readNumber, writeDigits } from './digits.ts'
import type { Dialect } from './dialect.ts'
import { digits, numberedText, password } from './texts.ts'
import { openWire } from './wire.ts'

const lineFeed = 0x0a
const colon = 0x3a
const [messageWord, pingWord] = [Buffer.from(' PRIVMSG '), Buffer.from('PING')]
const [ready, refusal] = [/^:\S+ (376|422) /, /^:\S+ [45]\d\d /]

export const irc: Dialect = {
  acknowledges: false,
  // InspIRCd lets people in once a second, all who wait by then.
  atOnce: 2_000,

  async connect(port, name, receiver) {
    const welcomed = Promise.withResolvers<void>()
    let isWelcome = false
    const lost = (reason: string) => (isWelcome ? receiver.lost(reason) : welcomed.reject(new Error(reason)))
    const wire = await openWire(port, {
      lost,
      read(bytes) {
        let at = 0
        for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, at)) {
          line(bytes, at, end)
          at = end + 1
        }
        receiver.flush()
        return at
      },
    })

    /** `:sender PRIVMSG receiver :text` */
    function line(bytes: Buffer, start: number, end: number): void {
      const word = bytes.indexOf(' ', start)
      if (isWelcome && bytes.subarray(word, word + messageWord.length).equals(messageWord)) {
        return receiver.delivered(readNumber(bytes, bytes.indexOf(colon, word) + 1))
      }
      const text = bytes.toString('latin1', start, end)
      if (bytes.subarray(start, word).equals(pingWord)) return wire.write(Buffer.from(`PONG${text.slice(4)}\n`))
      if (text.startsWith('ERROR') || (refusal.test(text) && !ready.test(text))) return lost(text)
      if (isWelcome || !ready.test(text)) return
      isWelcome = true
      welcomed.resolve()
    }

    wire.write(Buffer.from(`PASS ${password}\r\nNICK ${name}\r\nUSER ${name} 0 * :${name}\r\n`))
    await welcomed.promise
    return wire
  },

  makeMessage(to) {
    const bytes = Buffer.from(`PRIVMSG ${to} :${numberedText}\r\n`)
    const end = bytes.indexOf(numberedText) + digits
    return { bytes, renumber: (batch, start, number) => writeDigits(batch, start + end, number, 10) }
  },
}
