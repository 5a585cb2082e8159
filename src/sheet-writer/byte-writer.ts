/**
 * Gathers text as UTF-8, character by character. Cells are many and short: strings that are joined first, and encoded then,
 * cost several times as much.
 */

const startBytes = 131_072
/** Bytes that a unit of UTF-16 takes at most. */
const unitBytesMax = 3

export class ByteWriter {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafe(startBytes)
  #at = 0

  /** Bytes that were written and not taken. */
  get length(): number {
    return this.#at
  }

  /** Adds a well-formed text. */
  add(text: string): void {
    this.#makeRoom(text.length * unitBytesMax)
    const bytes = this.#bytes
    let at = this.#at
    for (let place = 0; place < text.length; place += 1) {
      let code = text.charCodeAt(place)
      if (code < 0x80) {
        bytes[at++] = code
        continue
      }
      if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6)
      } else {
        if (code >= 0xd800 && code < 0xdc00) {
          code = text.codePointAt(place)!
          place += 1
          bytes[at++] = 0xf0 | (code >> 18)
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f)
        } else {
          bytes[at++] = 0xe0 | (code >> 12)
        }
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
      }
      bytes[at++] = 0x80 | (code & 0x3f)
    }
    this.#at = at
  }

  /** Gives what was added since the last call. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at))
    this.#at = 0
    return taken
  }

  #makeRoom(bytes: number): void {
    const needed = this.#at + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
