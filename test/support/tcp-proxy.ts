/** Owns a line that can be cut without either end being told: a proxy that stops forwarding and closes nothing. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** Forwards nothing more on the lines that are open now; new ones work. */
  cut(): void
  close(): Promise<void>
}

/** `resetAt`: a line over which the client sends this text is reset at once. */
export async function startTcpProxy(
  targetPort: number,
  { resetAt }: { readonly resetAt?: string } = {},
): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(targetPort, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    if (resetAt !== undefined) {
      near.on('data', bytes => {
        if (bytes.includes(resetAt)) near.resetAndDestroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
