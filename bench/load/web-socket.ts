/** WebSocket frames (RFC 6455) by hand over TCP: a library's client would be busier than the server it measures. */

import { openWire, type Wire } from './wire.ts'

export type RawSocket = Wire

export interface Receiver {
  /** One text frame's payload: the bytes from start to end, valid only during the call. */
  frame(bytes: Buffer, start: number, end: number): void
  /** Called after the last whole frame of what arrived at once. */
  flush(): void
  lost(reason: string): void
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const
const final = 0x80
const masked = 0x80
const opening = [
  'GET /ws HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n')

export async function openWebSocket(port: number, receiver: Receiver): Promise<RawSocket> {
  const opened = Promise.withResolvers<RawSocket>()
  let isOpen = false

  const lost = (reason: string) => (isOpen ? receiver.lost(reason) : opened.reject(new Error(reason)))
  const wire = await openWire(port, {
    lost,
    read(bytes) {
      const start = isOpen ? 0 : readUpgrade(bytes)
      if (!isOpen) return start
      const end = readFrames(bytes, start)
      receiver.flush()
      return end
    },
  })

  /** Returns where the frames begin. */
  function readUpgrade(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return 0
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 101')) {
      lost(`No upgrade: ${head.slice(0, 80)}`)
      return bytes.length
    }
    isOpen = true
    opened.resolve(wire)
    return end + 4
  }

  /** Returns where the first frame begins that is not whole yet. */
  function readFrames(bytes: Buffer, from: number): number {
    let at = from
    while (bytes.length - at >= 2) {
      const opcode = (bytes[at] ?? 0) & 0x0f
      let length = bytes[at + 1] ?? 0
      let start = at + 2
      if (length === 126) {
        if (bytes.length < at + 4) break
        length = bytes.readUInt16BE(start)
        start += 2
      } else if (length === 127) {
        if (bytes.length < at + 10) break
        length = Number(bytes.readBigUInt64BE(start))
        start += 8
      }
      const end = start + length
      if (end > bytes.length) break
      if (opcode === opcodes.text) receiver.frame(bytes, start, end)
      else if (opcode === opcodes.ping) wire.write(encode(opcodes.pong, bytes.subarray(start, end)))
      else if (opcode === opcodes.close) lost(`The server closed a connection: ${bytes.readUInt16BE(start)}.`)
      at = end
    }
    return at
  }

  wire.write(Buffer.from(opening))
  return opened.promise
}

export function encodeText(text: string): Buffer {
  return encode(opcodes.text, Buffer.from(text))
}

/** The masking key is all zeros, which is a key like any other: the server unmasks, and we are spared the work. */
function encode(opcode: number, payload: Uint8Array): Buffer {
  const short = payload.length < 126
  const head = Buffer.alloc(short ? 6 : 8)
  head[0] = final | opcode
  head[1] = masked | (short ? payload.length : 126)
  if (!short) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
