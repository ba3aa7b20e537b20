/** A connection that is logged in. */
import { openWebSocket, encodeText, type RawSocket, type Receiver } from './web-socket.ts'

/** Resolves once the token was accepted; from then on frames go to the receiver. Without a token: at once. */
export async function connect(port: number, token: string | null, receiver: Receiver): Promise<RawSocket> {
  if (token === null) return openWebSocket(port, receiver)
  const accepted = Promise.withResolvers<void>()
  let isAccepted = false
  const socket = await openWebSocket(port, {
    ...receiver,
    frame(bytes, start, end) {
      if (isAccepted) return receiver.frame(bytes, start, end)
      const text = bytes.toString('latin1', start, end)
      // Hints about who is online may come before the answer.
      if (!text.startsWith('{"id":0,')) return
      if (!text.startsWith('{"id":0,"ok"')) return accepted.reject(new Error(text))
      isAccepted = true
      accepted.resolve()
    },
  })
  socket.write(encodeText(JSON.stringify({ id: 0, op: 'sessions.resume', in: { token } })))
  await accepted.promise
  return socket
}
