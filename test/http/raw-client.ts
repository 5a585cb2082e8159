/** A client that speaks HTTP/1.1 by hand, to send what no library would. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'

export interface RawAnswer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** Lets the application listen on a free port of this machine. */
export async function listen(app: FastifyInstance): Promise<{ port: number; url: string }> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}` }
}

export class RawClient {
  readonly socket: Socket
  #text = ''

  constructor(t: Test, port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('utf8').on('data', text => {
      this.#text += text
    })
    // A reset is one of the things that tests provoke.
    this.socket.on('error', () => {})
    t.teardown(() => this.socket.destroy())
  }

  send(text: string | Buffer): boolean {
    return this.socket.write(text)
  }

  /** All that has arrived. */
  get text(): string {
    return this.#text
  }

  /** The first whole answer with a content-length; one to a `HEAD` ends with its headers. */
  async answer(isHead = false): Promise<RawAnswer> {
    for (;;) {
      const match = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n/.exec(this.#text)
      const length = match && /content-length: (\d+)/i.exec(match[0])
      if (match && length) {
        const rest = Buffer.from(this.#text.slice(match[0].length))
        const bodyBytes = isHead ? 0 : Number(length[1])
        if (rest.length >= bodyBytes) {
          const body = rest.subarray(0, bodyBytes).toString()
          return { status: Number(match[1]), headers: match[0], body }
        }
      }
      if (this.socket.destroyed) throw new Error(`closed after "${this.#text.slice(0, 200)}"`)
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')])
    }
  }
}

/** The longest wait of {@link until}, in milliseconds: far beyond what a busy machine needs, far below a file's time. */
const untilMsMax = 60_000

/** Waits until `check` holds; throws where it does not within a minute. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + untilMsMax
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${check}`)
    await sleep(5)
  }
}
