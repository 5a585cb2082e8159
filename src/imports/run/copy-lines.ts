/** Lines of COPY text that grow to a part of a batch, encoded piece by piece. */

/** Text that grows old as a string costs most to collect: it is encoded whenever it has so many characters. */
const pieceCharacters = 16_384

export class CopyLines {
  #text = ''
  #pieces: Buffer[] = []
  #bytes = 0

  /** Of what is encoded, which is all but the last piece. */
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
