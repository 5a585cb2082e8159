/**
 * Answers with a body that is made while it is read, at the reader's pace. A reader that takes a piece too slowly is cut
 * off: what it holds is wanted by others. An answer that breaks off is no whole one, and HTTP says so.
 */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface Download {
  /** media type with its parameters */
  readonly type: string
  readonly pieces: AsyncIterable<string>
  /** how long the reader may take for a piece */
  readonly pieceMs: number
}

/** Sends the pieces. What fails before the first one is thrown, for an answer of its own. `end` is called once it is over. */
export async function sendDownload(
  reply: FastifyReply,
  { type, pieces, pieceMs }: Download,
  end: () => void,
): Promise<FastifyReply> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first = await iterator.next().catch(error => {
    end()
    throw error
  })
  const source = Readable.from(paced(first, iterator, () => pace))
  const pace = new Pace(source, pieceMs)
  source.once('close', () => {
    pace.rest()
    end()
  })
  reply.type(type)
  return reply.send(source)
}

async function* paced(
  first: IteratorResult<string>,
  rest: AsyncIterator<string>,
  paceOf: () => Pace,
): AsyncGenerator<string> {
  const pace = paceOf()
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) {
      if (piece.value === '') continue
      pace.begin()
      yield piece.value
      pace.rest()
    }
  } finally {
    await rest.return?.()
  }
}

/** The time that a reader takes for the piece in hand. */
class Pace {
  readonly #source: Readable
  readonly #pieceMs: number
  #timer: NodeJS.Timeout | undefined

  constructor(source: Readable, pieceMs: number) {
    this.#source = source
    this.#pieceMs = pieceMs
  }

  begin(): void {
    this.#timer = setTimeout(() => this.#source.destroy(new SlowReaderError()), this.#pieceMs)
  }

  rest(): void {
    clearTimeout(this.#timer)
  }
}

class SlowReaderError extends Error {
  constructor() {
    super('the reader of a download took too little for too long')
    this.name = 'SlowReaderError'
  }
}
