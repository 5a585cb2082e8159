/**
 * Pieces on their way from one thread to another. The taker sets the pace: the sender is never more than `piecesAhead`
 * pieces ahead of it, so memory does not grow with their number. A side that gives up closes the port, which the other
 * side meets as `LineBrokenError`.
 */
import type { MessagePort, Transferable } from 'node:worker_threads'
import { piecesAhead } from '../../limits.ts'

/** The other side gave up, or its thread died. */
export class LineBrokenError extends Error {
  constructor() {
    super('the other side of a line between two threads is gone')
    this.name = 'LineBrokenError'
  }
}

type Message<Piece> = { readonly piece: Piece } | 'end'

/** Sends all pieces, and resolves when the other side took the last one. `transferOf` names what goes over with a piece. */
export async function sendPieces<Piece>(
  port: MessagePort,
  pieces: AsyncIterable<Piece>,
  transferOf: (piece: Piece) => readonly Transferable[] = () => [],
): Promise<void> {
  const line = new Line<'taken'>(port)
  let ahead = 0
  try {
    for await (const piece of pieces) {
      while (ahead >= piecesAhead && (await line.next())) ahead -= 1
      if (line.isClosed) throw new LineBrokenError()
      ahead += 1
      port.postMessage({ piece } satisfies Message<Piece>, transferOf(piece))
    }
    port.postMessage('end' satisfies Message<Piece>)
    while (await line.next()) ahead -= 1
    if (ahead > 0) throw new LineBrokenError()
  } finally {
    port.close()
  }
}

/** The pieces that the other side sends. Leaving the loop closes the port. It listens from the call on. */
export function takePieces<Piece>(port: MessagePort): AsyncGenerator<Piece> {
  return takeFrom(port, new Line<Message<Piece>>(port))
}

async function* takeFrom<Piece>(
  port: MessagePort,
  line: Line<Message<Piece>>,
): AsyncGenerator<Piece> {
  try {
    for (;;) {
      const message = await line.next()
      if (message === undefined) throw new LineBrokenError()
      if (message === 'end') return
      yield message.piece
      port.postMessage('taken')
    }
  } finally {
    port.close()
  }
}

/** The messages of a port, one after the other. */
class Line<Message> {
  isClosed = false
  readonly #waiting: Message[] = []
  #wake = () => {}

  constructor(port: MessagePort) {
    port.on('message', (message: Message) => {
      this.#waiting.push(message)
      this.#wake()
    })
    port.once('close', () => {
      this.isClosed = true
      this.#wake()
    })
  }

  /** undefined once the other side has closed the port and nothing waits. */
  async next(): Promise<Message | undefined> {
    while (this.#waiting.length === 0 && !this.isClosed) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    return this.#waiting.shift()
  }
}
