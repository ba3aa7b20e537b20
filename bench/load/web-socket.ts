/** WebSocket frames (RFC 6455) by hand over TCP: a library's client would be busier than the server it measures. */

export interface RawSocket {
  write(bytes: Uint8Array): void
}

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
const nothing = Buffer.alloc(0)
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
  let rest: Buffer = nothing
  let unsent: Buffer = nothing

  const lose = (reason: string) => (isOpen ? receiver.lost(reason) : opened.reject(new Error(reason)))

  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      binaryType: 'buffer',
      data(_, chunk) {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
        if (!isOpen && !readUpgrade()) return
        const read = readFrames()
        rest = read === rest.length ? nothing : Buffer.from(rest.subarray(read))
        receiver.flush()
      },
      drain() {
        const left = unsent
        unsent = nothing
        write(left)
      },
      close: () => lose('The server closed a connection.'),
      error: (_, error) => lose(error.message),
    },
  })

  function readUpgrade(): boolean {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return false
    const head = rest.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 101')) {
      lose(`No upgrade: ${head.slice(0, 80)}`)
      return false
    }
    rest = rest.subarray(end + 4)
    isOpen = true
    opened.resolve({ write })
    return true
  }

  /** Returns how many bytes were whole frames. */
  function readFrames(): number {
    let at = 0
    while (rest.length - at >= 2) {
      const opcode = (rest[at] ?? 0) & 0x0f
      let length = rest[at + 1] ?? 0
      let start = at + 2
      if (length === 126) {
        if (rest.length < at + 4) break
        length = rest.readUInt16BE(start)
        start += 2
      } else if (length === 127) {
        if (rest.length < at + 10) break
        length = Number(rest.readBigUInt64BE(start))
        start += 8
      }
      const end = start + length
      if (end > rest.length) break
      if (opcode === opcodes.text) receiver.frame(rest, start, end)
      else if (opcode === opcodes.ping) write(encode(opcodes.pong, rest.subarray(start, end)))
      else if (opcode === opcodes.close) lose(`The server closed a connection: ${rest.readUInt16BE(start)}.`)
      at = end
    }
    return at
  }

  function write(bytes: Uint8Array): void {
    if (unsent.length > 0) unsent = Buffer.concat([unsent, bytes])
    else {
      const written = socket.write(bytes)
      if (written < bytes.length) unsent = Buffer.from(bytes.subarray(Math.max(0, written)))
    }
  }

  socket.write(opening)
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
