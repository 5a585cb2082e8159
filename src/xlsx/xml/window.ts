/**
 * Owns the bytes of a part that were read and not yet consumed. After them there is always a `<` and
 * a zero: scanners of plain spellings meet that instead of checking for the end at every byte. A
 * window can end behind whole elements: then these scanners meet the end in one place only, which
 * spares them (and V8, which compiles for what it has seen) the many others.
 */
import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'

/** `<` and a zero. */
const SENTINEL = 0x003c
/** Room behind the window for what follows it, and for reads of several bytes at its end. */
const SLACK_BYTES = 64
const GROWTH_BYTES_MAX = 1024 * 1024

export class XmlWindow {
  /** What was pushed and not consumed is `bytes[position..end]`, but for what is held back. */
  bytes: Buffer = Buffer.alloc(SLACK_BYTES)
  view: DataView = viewOf(this.bytes)
  position = 0
  end = 0
  readonly #idleBytesMax: number
  readonly #endTag: Buffer | null
  #idleBytes = 0
  /** bytes behind `end` that are held back, and the two that the sentinel covers */
  #heldBytes = 0
  #covered = 0

  /** @param endTag behind the last of which the window ends, where it holds one */
  constructor(limits: XlsxLimits, endTag: Buffer | null) {
    this.#idleBytesMax = limits.idleBytesMax
    this.#endTag = endTag
  }

  /** Appends the next bytes of the part. @throws XlsxError `no-progress` */
  push(chunk: Uint8Array): void {
    this.#idleBytes += chunk.length
    if (this.#idleBytes > this.#idleBytesMax) {
      throw new XlsxError('no-progress', `${this.#idleBytesMax} bytes that hold nothing`)
    }
    this.showAll()
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
    this.end = this.#wholeEnd(needed)
    this.#heldBytes = needed - this.end
    this.#placeSentinel()
  }

  /** Puts a single byte in the place of all that is shown from a position on. */
  cut(position: number, byte: number): void {
    if (this.#heldBytes > 0) return
    this.bytes[position] = byte
    this.end = position + 1
    this.#placeSentinel()
  }

  /** Holds nothing back any more. */
  showAll(): void {
    this.view.setUint16(this.end, this.#covered, true)
    this.end += this.#heldBytes
    this.#heldBytes = 0
    this.#placeSentinel()
  }

  #placeSentinel(): void {
    this.#covered = this.view.getUint16(this.end, true)
    this.view.setUint16(this.end, SENTINEL, true)
  }

  /** The end of the last whole element of a window, or of all its bytes. */
  #wholeEnd(bytes: number): number {
    const tag = this.#endTag
    // A search that began before the first byte would begin at the last.
    if (tag === null || bytes < tag.length) return bytes
    const last = this.bytes.lastIndexOf(tag, bytes - tag.length)
    return last < 0 ? bytes : last + tag.length
  }

  /** Says that the part came to something worth reading. */
  noteProgress(): void {
    this.#idleBytes = 0
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
