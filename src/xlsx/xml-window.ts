/**
 * Owns the bytes of a part that were read and not yet consumed. After them there is always a `<` and
 * a zero: scanners of plain spellings meet that instead of checking for the end at every byte.
 */
import type { XlsxLimits } from './limits.ts'
import { XlsxError } from './xlsx-error.ts'

const LESS = 0x3c
/** Room behind the window for what follows it, and for reads of several bytes at its end. */
const SLACK_BYTES = 64
const GROWTH_BYTES_MAX = 1024 * 1024

export class XmlWindow {
  /** What was pushed and not consumed is `bytes[position..end]`. */
  bytes: Buffer = Buffer.alloc(SLACK_BYTES)
  view: DataView = viewOf(this.bytes)
  position = 0
  end = 0
  readonly #idleBytesMax: number
  #idleBytes = 0

  constructor(limits: XlsxLimits) {
    this.#idleBytesMax = limits.idleBytesMax
  }

  /** Appends the next bytes of the part. @throws XlsxError `no-progress` */
  push(chunk: Uint8Array): void {
    this.#idleBytes += chunk.length
    if (this.#idleBytes > this.#idleBytesMax) {
      throw new XlsxError('no-progress', `${this.#idleBytesMax} bytes that hold nothing`)
    }
    const rest = this.end - this.position
    const needed = rest + chunk.length
    if (needed + SLACK_BYTES > this.bytes.length) {
      const size = Math.max(needed, Math.min(needed * 2, GROWTH_BYTES_MAX))
      const grown = Buffer.alloc(size + SLACK_BYTES)
      this.bytes.copy(grown, 0, this.position, this.end)
      this.bytes = grown
      this.view = viewOf(grown)
    } else {
      this.bytes.copyWithin(0, this.position, this.end)
    }
    this.bytes.set(chunk, rest)
    this.position = 0
    this.end = needed
    this.bytes[needed] = LESS
    this.bytes[needed + 1] = 0
  }

  /** Says that the part came to something worth reading. */
  noteProgress(): void {
    this.#idleBytes = 0
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
