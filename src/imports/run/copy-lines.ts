/** Collects lines of COPY text for a batch, and encodes them piece by piece. */

/** Strings that live long cost the garbage collector most, so the text is encoded whenever it has so many characters. */
const pieceCharacters = 16_384

export class CopyLines {
  #text = ''
  #pieces: Buffer[] = []
  #bytes = 0

  /** Bytes of what is encoded, which is everything but the last piece. */
  get bytes(): number {
    return this.#bytes
  }

  add(line: string): void {
    this.#text += line
    if (this.#text.length >= pieceCharacters) this.#encode()
  }

  /** Gives all lines and begins anew. */
  take(): Buffer[] {
    this.#encode()
    const pieces = this.#pieces
    this.#pieces = []
    this.#bytes = 0
    return pieces
  }

  #encode(): void {
    const piece = Buffer.from(this.#text)
    this.#pieces.push(piece)
    this.#bytes += piece.length
    this.#text = ''
  }
}
