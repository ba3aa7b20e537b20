/** The least that a server on this runtime can do: says 200, and sends every WebSocket frame and every datagram back. */
import { createSocket } from 'node:dgram'

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.env.PORT),
  development: false,
  fetch(request, server) {
    if (new URL(request.url).pathname === '/healthz') return new Response('ok')
    return server.upgrade(request) ? undefined : new Response('This address speaks WebSocket.', { status: 426 })
  },
  websocket: {
    perMessageDeflate: false,
    message(socket, message) {
      socket.send(message)
    },
  },
})

const datagrams = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
datagrams.on('message', (data, from) => datagrams.send(data, from.port, from.address))
datagrams.bind(Number(process.env.PORT), '127.0.0.1')
