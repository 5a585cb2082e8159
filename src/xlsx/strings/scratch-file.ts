/**
 * Owns one scratch file of numbered pages. The file loses its name as soon as it is open, so nothing
 * is left of it however the process ends. Reads and writes are synchronous: a page is a few
 * kilobytes from the system's cache, and the way through the thread pool would cost more.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const WRITE_BYTES = 256 * 1024

export class ScratchFile {
  readonly #descriptor: number
  readonly #buffer = Buffer.allocUnsafeSlow(WRITE_BYTES)
  #buffered = 0
  /** where each page starts, and at last where the next one will */
  #offsets = new Float64Array(1024)
  #pageCount = 0
  #writtenBytes = 0

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** Creates a file in `directory`. Errors of the file system pass through. */
  static create(directory: string): ScratchFile {
    const path = join(directory, `xlsx-strings-${randomUUID()}`)
    const descriptor = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return new ScratchFile(descriptor)
  }

  append(page: Buffer): void {
    if (this.#pageCount + 1 >= this.#offsets.length) {
      const grown = new Float64Array(this.#offsets.length * 2)
      grown.set(this.#offsets)
      this.#offsets = grown
    }
    if (this.#buffered + page.length > WRITE_BYTES) this.flush()
    if (page.length > WRITE_BYTES) this.#write(page)
    else {
      page.copy(this.#buffer, this.#buffered)
      this.#buffered += page.length
    }
    this.#offsets[++this.#pageCount] = this.#writtenBytes + this.#buffered
  }

  /** Writes what is buffered; only flushed pages can be read. */
  flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered))
    this.#buffered = 0
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(
        this.#descriptor,
        bytes,
        done,
        bytes.length - done,
        this.#writtenBytes + done,
      )
    }
    this.#writtenBytes += bytes.length
  }

  /** Reads a page into `target` where it fits, else into a new buffer; returns which one. */
  read(number: number, target: Buffer): Buffer {
    const start = this.#offsets[number]!
    const size = this.#offsets[number + 1]! - start
    const bytes = size <= target.length ? target : Buffer.allocUnsafeSlow(size + (size >> 2))
    for (let done = 0; done < size; ) {
      const count = readSync(this.#descriptor, bytes, done, size - done, start + done)
      if (count === 0) throw new Error('a scratch file became shorter')
      done += count
    }
    return bytes
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
