/**
 * Owns the archive's central directory (PKWARE APPNOTE 4.3.12–4.3.16): which entries there are and
 * where their data lies. It must never inflate anything and never trust a number it can check.
 */

import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import type { FileReader } from './file-reader.ts'

/** One entry, by its normalised name: forward slashes, no leading slash. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc32: number
  readonly compressedBytes: number
  readonly inflatedBytes: number
  readonly headerOffset: number
}

/** Entries by `partKey`; null for a name that several entries have, of which nobody can say which one counts. */
export type ZipDirectory = ReadonlyMap<string, ZipEntry | null>

interface EndRecord {
  readonly entryCount: number
  readonly directoryBytes: number
  readonly directoryOffset: number
  /** where the record itself starts: the directory ends here or before */
  readonly position: number
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const COMMENT_BYTES_MAX = 0xffff
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50
const ZIP64_LOCATOR_BYTES = 20
const ZIP64_END_SIGNATURE = 0x06064b50
const ZIP64_END_BYTES = 56
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const ZIP64_EXTRA_ID = 1
const ABSENT_32 = 0xffffffff
const ABSENT_16 = 0xffff

/**
 * The key of a part name: OPC compares names without regard to ASCII case (Part 2 §6.2.2.3), and writers
 * percent-encode names of parts, of items, or neither (§7.3.4).
 */
export function partKey(name: string): string {
  const path = decodePercent(name).replaceAll('\\', '/').replace(/^\/+/, '')
  return path.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

function decodePercent(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/**
 * Reads the directory of the archive.
 * @throws XlsxError `not-xlsx`, `truncated`, `corrupt`, `too-many-entries`, `too-large`
 */
export async function readZipDirectory(
  file: FileReader,
  limits: XlsxLimits,
): Promise<ZipDirectory> {
  const end = await findEndRecord(file)
  if (end.entryCount > limits.entriesMax) {
    throw new XlsxError('too-many-entries', `${end.entryCount} of ${limits.entriesMax} at most`)
  }
  if (end.directoryBytes > limits.directoryBytesMax) {
    throw new XlsxError('too-large', `archive directory of ${end.directoryBytes} bytes`)
  }
  const shift = await findShift(file, end)
  const bytes = await file.read(end.directoryOffset + shift, end.directoryBytes)
  return parseDirectory(bytes, end.entryCount, shift)
}

/**
 * How far all offsets are off: bytes before the archive (a self-extractor's stub) shift them by the
 * same amount, and then the directory is found from its end.
 */
async function findShift(file: FileReader, end: EndRecord): Promise<number> {
  const shift = end.position - end.directoryBytes - end.directoryOffset
  if (shift < 0) throw new XlsxError('corrupt', 'archive directory lies past its end record')
  if (shift === 0 || end.entryCount === 0) return 0
  const signature = await file.read(end.directoryOffset, 4)
  return signature.readUInt32LE(0) === ENTRY_SIGNATURE ? 0 : shift
}

async function findEndRecord(file: FileReader): Promise<EndRecord> {
  const tailBytes = Math.min(file.sizeBytes, END_BYTES + COMMENT_BYTES_MAX)
  const tailStart = file.sizeBytes - tailBytes
  const tail = await file.read(tailStart, tailBytes)
  let cutComment: number | null = null
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue
    if (!isEndRecord(tail.subarray(at), tailStart + at)) continue
    // Bytes after the record that its comment does not account for are common and harmless.
    const isWhole = END_BYTES + tail.readUInt16LE(at + 20) <= tail.length - at
    if (isWhole) return readEndRecord(file, tail.subarray(at), tailStart + at)
    cutComment ??= at
  }
  if (cutComment !== null) {
    return readEndRecord(file, tail.subarray(cutComment), tailStart + cutComment)
  }
  const head = await file.read(0, 2)
  if (head.toString('latin1') !== 'PK') throw new XlsxError('not-xlsx', 'not a zip archive')
  throw new XlsxError('truncated', 'archive without an end record')
}

/** Whether a signature found is more than a comment that looks like one. */
function isEndRecord(record: Buffer, position: number): boolean {
  // An archive of several disks is none that an office program writes.
  if (record.readUInt16LE(4) !== 0 && record.readUInt16LE(4) !== ABSENT_16) return false
  const offset = record.readUInt32LE(16)
  return offset === ABSENT_32 || offset + record.readUInt32LE(12) <= position
}

async function readEndRecord(
  file: FileReader,
  record: Buffer,
  position: number,
): Promise<EndRecord> {
  const end = {
    entryCount: record.readUInt16LE(10),
    directoryBytes: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
    position,
  }
  const isZip64 =
    end.entryCount === ABSENT_16 ||
    end.directoryBytes === ABSENT_32 ||
    end.directoryOffset === ABSENT_32
  const locatorStart = position - ZIP64_LOCATOR_BYTES
  if (locatorStart >= 0) {
    const locator = await file.read(locatorStart, ZIP64_LOCATOR_BYTES)
    if (locator.readUInt32LE(0) === ZIP64_LOCATOR_SIGNATURE) {
      return readZip64End(file, Number(locator.readBigUInt64LE(8)), locatorStart)
    }
  }
  if (isZip64) throw new XlsxError('corrupt', 'archive without its Zip64 end record')
  return end
}

async function readZip64End(
  file: FileReader,
  offset: number,
  locatorStart: number,
): Promise<EndRecord> {
  const record = await file.read(offset, ZIP64_END_BYTES)
  if (record.length < ZIP64_END_BYTES || record.readUInt32LE(0) !== ZIP64_END_SIGNATURE) {
    throw new XlsxError('corrupt', 'Zip64 end record is not where its locator points')
  }
  if (offset >= locatorStart) throw new XlsxError('corrupt', 'Zip64 end record after its locator')
  return {
    entryCount: Number(record.readBigUInt64LE(32)),
    directoryBytes: Number(record.readBigUInt64LE(40)),
    directoryOffset: Number(record.readBigUInt64LE(48)),
    position: offset,
  }
}

function parseDirectory(bytes: Buffer, entryCount: number, shift: number): ZipDirectory {
  const entries = new Map<string, ZipEntry | null>()
  let at = 0
  for (let index = 0; index < entryCount; index++) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new XlsxError('corrupt', `archive directory breaks off at entry ${index}`)
    }
    const nameEnd = at + ENTRY_BYTES + bytes.readUInt16LE(at + 28)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
    const next = extraEnd + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) {
      throw new XlsxError('corrupt', `archive directory breaks off at entry ${index}`)
    }
    const rawName = bytes.toString('utf8', at + ENTRY_BYTES, nameEnd)
    const entry = readEntry(bytes.subarray(at, next), bytes.subarray(nameEnd, extraEnd), shift)
    addEntry(entries, rawName, entry)
    at = next
  }
  return entries
}

function addEntry(
  entries: Map<string, ZipEntry | null>,
  rawName: string,
  entry: Omit<ZipEntry, 'name'>,
): void {
  const key = partKey(rawName)
  if (key.endsWith('/')) return
  const name = rawName.replaceAll('\\', '/').replace(/^\/+/, '')
  entries.set(key, entries.has(key) ? null : { name, ...entry })
}

function readEntry(record: Buffer, extra: Buffer, shift: number): Omit<ZipEntry, 'name'> {
  let compressedBytes = record.readUInt32LE(20)
  let inflatedBytes = record.readUInt32LE(24)
  let headerOffset = record.readUInt32LE(42)
  const zip64 = findExtra(extra, ZIP64_EXTRA_ID)
  if (zip64 !== null) {
    let at = 0
    const next = (value: number): number => {
      if (value !== ABSENT_32) return value
      if (at + 8 > zip64.length) throw new XlsxError('corrupt', 'Zip64 field is too short')
      at += 8
      return Number(zip64.readBigUInt64LE(at - 8))
    }
    inflatedBytes = next(inflatedBytes)
    compressedBytes = next(compressedBytes)
    headerOffset = next(headerOffset)
  }
  return {
    flags: record.readUInt16LE(8),
    method: record.readUInt16LE(10),
    crc32: record.readUInt32LE(16),
    compressedBytes,
    inflatedBytes,
    headerOffset: headerOffset + shift,
  }
}

function findExtra(extra: Buffer, id: number): Buffer | null {
  let at = 0
  while (at + 4 <= extra.length) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return null
}
