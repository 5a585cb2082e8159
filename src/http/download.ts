/**
 * Answers with a body that is made while it is read, at the reader's pace. A reader that takes a piece too slowly is cut
 * off: what it holds is wanted by others. An answer that breaks off is no whole one, and HTTP says so.
 */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface Download {
  /** media type with its parameters */
  readonly type: string
  /** what the reader may call it; without one it is shown */
  readonly fileName?: string
  readonly pieces: AsyncIterable<string | Uint8Array>
  /** how long the reader may take for a piece */
  readonly pieceMs: number
}

/** Sends the pieces. What fails before the first one is thrown, for an answer of its own. `end` is called once it is over. */
export async function sendDownload(
  reply: FastifyReply,
  { type, fileName, pieces, pieceMs }: Download,
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
  if (fileName !== undefined) reply.header('content-disposition', attachment(fileName))
  return reply.send(source)
}

/** RFC 6266, in the form that takes letters of all languages (RFC 8187), and one for readers that do not know it. */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

async function* paced(
  first: IteratorResult<string | Uint8Array>,
  rest: AsyncIterator<string | Uint8Array>,
  paceOf: () => Pace,
): AsyncGenerator<string | Uint8Array> {
  const pace = paceOf()
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) {
      if (piece.value.length === 0) continue
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
