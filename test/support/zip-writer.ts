/**
 * Writes zip archives byte by byte, honest ones and ones that lie: every field of a header can be
 * set to what it should not be. Deterministic, so fixtures made with it can be compared.
 */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  name: string
  data: string | Buffer
  /** 8 is deflate, 0 is stored, any other is stored and called so. */
  method?: number
  flags?: number
  /** Writes sizes and CRC behind the data and zeros before it. */
  hasDescriptor?: boolean
  /** Writes sizes and offset into Zip64 fields. */
  isZip64?: boolean
  /** What the headers say instead of the truth. */
  lies?: { crc32?: number; inflatedBytes?: number; compressedBytes?: number; headerOffset?: number }
  /** Compressed data as it is, whatever it inflates to. */
  compressed?: Buffer
}

export interface ZipOptions {
  comment?: Buffer
  before?: Buffer
  after?: Buffer
  isZip64?: boolean
  entryCount?: number
}

const DESCRIPTOR_FLAG = 8
const ABSENT_32 = 0xffffffff

interface Header {
  part: ZipPart
  crc: number
  compressedBytes: number
  inflatedBytes: number
  offset: number
}

function fields(...values: [size: 2 | 4 | 8, value: number][]): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of values) {
    if (size === 8) bytes.writeBigUInt64LE(BigInt(value), at)
    else bytes.writeUIntLE(value, at, size)
    at += size
  }
  return bytes
}

function writeLocal(header: Header, data: Buffer): Buffer {
  const { part, crc, compressedBytes, inflatedBytes } = header
  const name = Buffer.from(part.name)
  const flags = (part.flags ?? 0) | (part.hasDescriptor ? DESCRIPTOR_FLAG : 0)
  const sizes: [4, number][] = part.hasDescriptor
    ? [
        [4, 0],
        [4, 0],
        [4, 0],
      ]
    : [
        [4, crc],
        [4, compressedBytes],
        [4, inflatedBytes],
      ]
  const head = fields([4, 0x04034b50], [2, 20], [2, flags], [2, part.method ?? 8], [4, 0x21_0000])
  const lengths = fields(...sizes, [2, name.length], [2, 0])
  const descriptor = part.hasDescriptor
    ? fields([4, 0x08074b50], [4, crc], [4, compressedBytes], [4, inflatedBytes])
    : Buffer.alloc(0)
  return Buffer.concat([head, lengths, name, data, descriptor])
}

function writeCentral({ part, crc, compressedBytes, inflatedBytes, offset }: Header): Buffer {
  const name = Buffer.from(part.name)
  const flags = (part.flags ?? 0) | (part.hasDescriptor ? DESCRIPTOR_FLAG : 0)
  const extra = part.isZip64
    ? fields([2, 1], [2, 24], [8, inflatedBytes], [8, compressedBytes], [8, offset])
    : Buffer.alloc(0)
  const short = (value: number): number => (part.isZip64 ? ABSENT_32 : value)
  return Buffer.concat([
    fields([4, 0x02014b50], [2, 45], [2, 45], [2, flags], [2, part.method ?? 8], [4, 0x21_0000]),
    fields([4, crc], [4, short(compressedBytes)], [4, short(inflatedBytes)]),
    fields([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, short(offset)]),
    name,
    extra,
  ])
}

/** The archive of these parts, in this order. */
export function writeZip(parts: readonly ZipPart[], options: ZipOptions = {}): Buffer {
  const { before = Buffer.alloc(0), after = Buffer.alloc(0), comment = Buffer.alloc(0) } = options
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const raw = typeof part.data === 'string' ? Buffer.from(part.data) : part.data
    const data = part.compressed ?? ((part.method ?? 8) === 8 ? deflateRawSync(raw) : raw)
    const header = {
      part,
      crc: part.lies?.crc32 ?? crc32(raw),
      compressedBytes: part.lies?.compressedBytes ?? data.length,
      inflatedBytes: part.lies?.inflatedBytes ?? raw.length,
      offset: part.lies?.headerOffset ?? offset,
    }
    const local = writeLocal(header, data)
    locals.push(local)
    centrals.push(writeCentral(header))
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = writeEnd(offset, directory.length, options.entryCount ?? parts.length, options)
  return Buffer.concat([before, ...locals, directory, end, comment, after])
}

function writeEnd(
  offset: number,
  directoryBytes: number,
  count: number,
  { isZip64, comment }: ZipOptions,
): Buffer {
  const commentBytes = comment?.length ?? 0
  if (!isZip64) {
    return fields(
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, directoryBytes],
      [4, offset],
      [2, commentBytes],
    )
  }
  return Buffer.concat([
    fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count]),
    fields([8, directoryBytes], [8, offset]),
    fields([4, 0x07064b50], [4, 0], [8, offset + directoryBytes], [4, 1]),
    fields(
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, 0xffff],
      [2, 0xffff],
      [4, ABSENT_32],
      [4, ABSENT_32],
    ),
    fields([2, commentBytes]),
  ])
}
