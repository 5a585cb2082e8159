/**
 * Owns the way from an archive entry to its inflated bytes: local header, read-ahead, decompression
 * in libuv's threads, declared size and CRC-32. It must never hold more than a few chunks, and never
 * give out the end of an entry whose size or CRC is wrong.
 */
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { XlsxError } from '../xlsx-error.ts'
import type { ZipEntry } from './directory.ts'
import type { FileReader } from './file-reader.ts'

/** Bytes in order, pulled one chunk at a time; `null` is the end. A chunk may be empty. */
export interface ByteSource {
  read(): Promise<Buffer | null>
  close(): Promise<void>
}

const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const METHOD_STORED = 0
const METHOD_DEFLATED = 8
const FLAG_ENCRYPTED = 1
/** Each piece of input ends in a small piece of output, for which the scanner has to wait. */
const INPUT_BYTES = 512 * 1024
/** Large enough that a thread switch costs little, small enough for the processor's cache. */
const OUTPUT_BYTES = 512 * 1024
const CHUNKS_AHEAD = 2
const CHUNK_BYTES_MIN = 4 * 1024

export interface OpenEntryOptions {
  /** cap of the inflated bytes */
  readonly bytesMax: number
  /** size of the chunks given out; for tests */
  readonly chunkBytes?: number | undefined
}

/**
 * Opens the data of an entry.
 * @throws XlsxError `corrupt`, `encrypted`, `unsupported-compression`, `too-large`; reading may also
 *   throw `bad-crc` and `size-mismatch`
 */
export async function openEntry(
  file: FileReader,
  entry: ZipEntry,
  options: OpenEntryOptions,
): Promise<ByteSource> {
  if ((entry.flags & FLAG_ENCRYPTED) !== 0) throw new XlsxError('encrypted', entry.name)
  if (entry.inflatedBytes > options.bytesMax) throw tooLarge(entry, options.bytesMax)
  const header = await file.read(entry.headerOffset, LOCAL_BYTES)
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    throw new XlsxError('corrupt', `${entry.name}: no local header where the directory points`)
  }
  const names = header.readUInt16LE(26) + header.readUInt16LE(28)
  const start = entry.headerOffset + LOCAL_BYTES + names
  const end = start + entry.compressedBytes
  if (end > file.sizeBytes) throw new XlsxError('truncated', `${entry.name}: data past the end`)
  const stored = new StoredSource(file, start, end)
  if (entry.method === METHOD_STORED) return new CheckedSource(stored, entry, options)
  if (entry.method !== METHOD_DEFLATED) {
    throw new XlsxError('unsupported-compression', `${entry.name}: method ${entry.method}`)
  }
  return new CheckedSource(new InflatedSource(stored, entry), entry, options)
}

function tooLarge(entry: ZipEntry, bytesMax: number): XlsxError {
  return new XlsxError('too-large', `${entry.name}: more than ${bytesMax} bytes`)
}

class StoredSource implements ByteSource {
  readonly #file: FileReader
  readonly #end: number
  #position: number

  constructor(file: FileReader, start: number, end: number) {
    this.#file = file
    this.#position = start
    this.#end = end
  }

  async read(): Promise<Buffer | null> {
    return this.readInto(Buffer.allocUnsafe(Math.min(INPUT_BYTES, this.#end - this.#position)))
  }

  /** The next bytes, as many as fit, in `target`. */
  async readInto(target: Buffer): Promise<Buffer | null> {
    if (this.#position >= this.#end) return null
    const length = Math.min(target.length, this.#end - this.#position)
    const bytes = await this.#file.readInto(target.subarray(0, length), this.#position)
    if (bytes.length < length) throw new XlsxError('truncated', 'the file became shorter')
    this.#position += length
    return bytes
  }

  async close(): Promise<void> {}
}

/** Inflates in libuv's threads; while the consumer works on one chunk the next ones are made. */
class InflatedSource implements ByteSource {
  readonly #inflate: InflateRaw
  readonly #chunks: AsyncIterator<Buffer>
  readonly #fed: Promise<void>
  readonly #name: string

  constructor(compressed: StoredSource, { name, compressedBytes, inflatedBytes }: ZipEntry) {
    this.#name = name
    // Small parts take small buffers; more than is declared is refused, not lost.
    const chunkSize = Math.max(CHUNK_BYTES_MIN, Math.min(OUTPUT_BYTES, inflatedBytes))
    this.#inflate = createInflateRaw({
      chunkSize,
      readableHighWaterMark: chunkSize * CHUNKS_AHEAD,
    } as Parameters<typeof createInflateRaw>[0])
    // An error is for the read that meets it; one that nobody waits for yet must not end the process.
    this.#inflate.on('error', () => {})
    this.#chunks = this.#inflate[Symbol.asyncIterator]()
    this.#fed = this.#feed(compressed, Math.min(INPUT_BYTES, compressedBytes))
  }

  /** Reads one piece while the one before is inflated, which so never waits for the disk. */
  async #feed(compressed: StoredSource, pieceBytes: number): Promise<void> {
    try {
      let written = Promise.resolve()
      let [next, other] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)]
      for (;;) {
        const bytes = await compressed.readInto(next)
        await written
        if (this.#inflate.destroyed) return
        if (bytes === null) break
        written = this.#write(bytes)
        ;[next, other] = [other, next]
      }
      this.#inflate.end()
    } catch (error) {
      this.#inflate.destroy(error as Error)
    }
  }

  /** Settles when the bytes are inflated, or when nothing will be any more. */
  #write(bytes: Buffer): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        this.#inflate.off('close', done)
        resolve()
      }
      this.#inflate.on('close', done)
      this.#inflate.write(bytes, done)
    })
  }

  async read(): Promise<Buffer | null> {
    try {
      const next = await this.#chunks.next()
      return next.done ? null : next.value
    } catch (error) {
      if (error instanceof XlsxError || !isZlibError(error)) throw error
      throw new XlsxError('corrupt', `${this.#name}: ${error.message}`, { cause: error })
    }
  }

  async close(): Promise<void> {
    this.#inflate.destroy()
    await this.#fed
  }
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

/** Counts and sums what passes; the last `read` throws where the entry is not what it declares. */
class CheckedSource implements ByteSource {
  readonly #source: ByteSource
  readonly #entry: ZipEntry
  readonly #chunkBytes: number
  #crc32 = 0
  #bytes = 0
  #rest: Buffer | null = null

  constructor(source: ByteSource, entry: ZipEntry, options: OpenEntryOptions) {
    this.#source = source
    this.#entry = entry
    this.#chunkBytes = options.chunkBytes ?? 0
  }

  async read(): Promise<Buffer | null> {
    if (this.#chunkBytes === 0) return this.#next()
    const bytes = this.#rest ?? (await this.#next())
    if (bytes === null || bytes.length <= this.#chunkBytes) {
      this.#rest = null
      return bytes
    }
    this.#rest = bytes.subarray(this.#chunkBytes)
    return bytes.subarray(0, this.#chunkBytes)
  }

  async #next(): Promise<Buffer | null> {
    const bytes = await this.#source.read()
    const { name, inflatedBytes, crc32: expected } = this.#entry
    if (bytes !== null) {
      this.#bytes += bytes.length
      this.#crc32 = crc32(bytes, this.#crc32)
      if (this.#bytes <= inflatedBytes) return bytes
    }
    if (this.#bytes !== inflatedBytes) {
      const relation = this.#bytes > inflatedBytes ? 'more' : 'less'
      throw new XlsxError('size-mismatch', `${name}: ${relation} than ${inflatedBytes} bytes`)
    }
    if (this.#crc32 !== expected) throw new XlsxError('bad-crc', name)
    return null
  }

  close(): Promise<void> {
    return this.#source.close()
  }
}
