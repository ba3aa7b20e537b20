/** A TCP connection that keeps what was not yet read, and what was not yet written. */

export interface Wire {
  write(bytes: Uint8Array): void
}

export interface WireReader {
  /** All that has come and was not yet taken; answers how many bytes of it are taken now. Valid only during the call. */
  read(bytes: Buffer): number
  lost(reason: string): void
}

const nothing: Buffer = Buffer.alloc(0)

export async function openWire(port: number, reader: WireReader): Promise<Wire> {
  let rest = nothing
  let unsent = nothing

  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      binaryType: 'buffer',
      data(_, chunk) {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
        const taken = reader.read(rest)
        rest = taken === rest.length ? nothing : Buffer.from(rest.subarray(taken))
      },
      drain() {
        const left = unsent
        unsent = nothing
        write(left)
      },
      close: () => reader.lost('The server closed a connection.'),
      error: (_, error) => reader.lost(error.message),
    },
  })

  function write(bytes: Uint8Array): void {
    if (unsent.length > 0) unsent = Buffer.concat([unsent, bytes])
    else {
      const written = socket.write(bytes)
      if (written < bytes.length) unsent = Buffer.from(bytes.subarray(Math.max(0, written)))
    }
  }

  return { write }
}
