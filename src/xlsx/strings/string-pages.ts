/**
 * Owns the storage of the shared strings: pages of UTF-8 text, kept in memory up to a bound, beyond
 * it in a scratch file that has no name and so outlives nothing. Strings are made when asked for and
 * remembered as long as their page is cached. It must never hold more than twice its bound.
 */

import { copyText, isBlankRange, isBlankText, TEXT_NON_ASCII } from '../xml/text.ts'
import { BitSet } from './bit-set.ts'
import { ScratchFile } from './scratch-file.ts'

export interface StringPagesOptions {
  /** Bytes of text, and again of cached strings, that stay in memory. */
  readonly memoryBytesMax: number
  readonly scratchDir: string
}

/** A page is closed when it holds this many strings, or this many bytes. */
const PAGE_STRINGS = 512
const PAGE_BYTES = 64 * 1024
const SHIFT = 9
/** What a string and a page cost beside their bytes; near enough to keep the bound. */
const STRING_OVERHEAD_BYTES = 40
const PAGE_OVERHEAD_BYTES = 512

/** How the bytes of a string are to be read; the low bits of its slot. */
const ASCII = 0
const UTF8 = 1
/** a text with lone surrogates, which UTF-8 cannot hold */
const UTF16 = 2
const KIND_BITS = 2
const SLOT_BYTES = 4
const SEEN = 0
const NO_BYTES: Buffer = Buffer.alloc(0)
const NO_SLOTS = new Uint32Array(0)

/** A place in the cache; its buffer and its list are used again for the page that comes next. */
interface Frame {
  page: number
  first: number
  /** The page, and its slots as what they are. */
  bytes: Buffer
  slots: Uint32Array
  /** Nothing for a string that nobody asked for yet, SEEN for one that somebody asked for once. */
  readonly strings: (string | typeof SEEN | undefined)[]
  costBytes: number
  /** Set by use, cleared by the clock that looks for a page to drop. */
  isUsed: boolean
}

export class StringPages {
  /** Number of strings. */
  length = 0
  readonly #options: StringPagesOptions
  /** first string of each page; a page but for its slots is `bytesOf(page)` */
  #firsts = new Uint32Array(1024)
  #pageCount = 0
  /** pages as bytes, while all of them are in memory */
  #stored: Buffer[] = []
  #storedBytes = 0
  #scratch: ScratchFile | null = null
  /** the page that is being filled: slots, then text */
  #slots = new Uint32Array(PAGE_STRINGS)
  #slotCount = 0
  #text: Buffer = Buffer.allocUnsafeSlow(2 * PAGE_BYTES)
  #textBytes = 0
  readonly #empty = new BitSet()
  /** texts of blanks alone, the empty ones among them */
  readonly #blank = new BitSet()
  #cached: (Frame | undefined)[] = []
  /** the frames in the order in which the clock's hand passes them */
  #frames: Frame[] = []
  #hand = 0
  #framesBytes = 0

  constructor(options: StringPagesOptions) {
    this.#options = options
  }

  /** Appends a string. */
  add(text: string): void {
    const isWellFormed = text.isWellFormed()
    const bytes = Buffer.from(text, isWellFormed ? 'utf8' : 'utf16le')
    const kind = isWellFormed ? (bytes.length === text.length ? ASCII : UTF8) : UTF16
    if (isBlankText(text)) this.#blank.add(this.length)
    this.#append(bytes, 0, bytes.length, kind)
  }

  /** Appends a string that is UTF-8 already, without making it; `flags` are those of its bytes. */
  addBytes(bytes: Buffer, start: number, end: number, flags: number): void {
    if (isBlankRange(bytes, start, end, flags)) this.#blank.add(this.length)
    this.#append(bytes, start, end, (flags & TEXT_NON_ASCII) === 0 ? ASCII : UTF8)
  }

  #append(bytes: Buffer, start: number, end: number, kind: number): void {
    const size = end - start
    if (this.#textBytes + size > this.#text.length) this.#growText(size)
    if (size > 64) bytes.copy(this.#text, this.#textBytes, start, end)
    else {
      const text = this.#text
      for (let from = start, to = this.#textBytes; from < end; from++) text[to++] = bytes[from]!
    }
    this.#textBytes += size
    this.#slots[this.#slotCount++] = (this.#textBytes << KIND_BITS) | kind
    if (size === 0) this.#empty.add(this.length)
    this.length++
    if (this.#slotCount === PAGE_STRINGS || this.#textBytes >= PAGE_BYTES) this.#closePage()
  }

  #growText(size: number): void {
    const grown = Buffer.allocUnsafeSlow(this.#textBytes + size)
    this.#text.copy(grown, 0, 0, this.#textBytes)
    this.#text = grown
  }

  /** Writes out the page being filled: slots, then text. */
  #closePage(): void {
    if (this.#slotCount === 0) return
    const slotsBytes = this.#slotCount * SLOT_BYTES
    const page = Buffer.allocUnsafeSlow(slotsBytes + this.#textBytes)
    Buffer.from(this.#slots.buffer).copy(page, 0, 0, slotsBytes)
    this.#text.copy(page, slotsBytes, 0, this.#textBytes)
    if (this.#pageCount + 1 >= this.#firsts.length) {
      const grown = new Uint32Array(this.#firsts.length * 2)
      grown.set(this.#firsts)
      this.#firsts = grown
    }
    this.#firsts[this.#pageCount++] = this.length - this.#slotCount
    this.#firsts[this.#pageCount] = this.length
    this.#slotCount = 0
    this.#textBytes = 0
    if (this.#scratch !== null) this.#scratch.append(page)
    else this.#keep(page)
  }

  #keep(page: Buffer): void {
    this.#stored.push(page)
    this.#storedBytes += page.length + PAGE_OVERHEAD_BYTES
    if (this.#storedBytes <= this.#options.memoryBytesMax) return
    this.#scratch = ScratchFile.create(this.#options.scratchDir)
    for (const stored of this.#stored) this.#scratch.append(stored)
    this.#stored = []
  }

  /** Says that no more strings will come. */
  freeze(): void {
    this.#closePage()
    this.#scratch?.flush()
    this.#text = NO_BYTES
    this.#cached = new Array<undefined>(this.#pageCount).fill(undefined)
  }

  /** Whether the string is empty; no page is read for it. */
  isEmpty(index: number): boolean {
    return this.#empty.has(index)
  }

  /** Whether the string shows nothing; no page is read for it. */
  isBlank(index: number): boolean {
    return this.#blank.has(index)
  }

  /** The string at an index below `length`. */
  get(index: number): string {
    const number = this.#pageOf(index)
    const frame = this.#cached[number] ?? this.#load(number)
    frame.isUsed = true
    const slot = index - frame.first
    const known = frame.strings[slot]
    return typeof known === 'string' ? known : makeString(frame, slot)
  }

  #pageOf(index: number): number {
    const firsts = this.#firsts
    let low = index >> SHIFT
    // Pages of long strings hold fewer of them, so the page may lie further on.
    if (low < this.#pageCount && index < firsts[low + 1]! && index >= firsts[low]!) return low
    let high = this.#pageCount - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (firsts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  #load(number: number): Frame {
    const frame = this.#freeFrame()
    const first = this.#firsts[number]!
    const count = this.#firsts[number + 1]! - first
    if (this.#scratch === null) frame.bytes = this.#stored[number]!
    else frame.bytes = this.#scratch.read(number, frame.bytes)
    frame.slots = new Uint32Array(frame.bytes.buffer, frame.bytes.byteOffset, count)
    frame.page = number
    frame.first = first
    this.#framesBytes -= frame.costBytes
    frame.costBytes = frame.bytes.length * 2 + count * STRING_OVERHEAD_BYTES + PAGE_OVERHEAD_BYTES
    this.#framesBytes += frame.costBytes
    this.#cached[number] = frame
    while (this.#framesBytes > this.#options.memoryBytesMax && this.#frames.length > 1) {
      this.#dropFrame(frame)
    }
    return frame
  }

  /** Gives up a frame, any but the one just filled: pages grew, and fewer of them fit. */
  #dropFrame(filled: Frame): void {
    const frames = this.#frames
    const last = frames.at(-1)!
    const at = last === filled ? frames.length - 2 : frames.length - 1
    const [dropped] = frames.splice(at, 1)
    this.#cached[dropped!.page] = undefined
    this.#framesBytes -= dropped!.costBytes
  }

  /** Whether one more frame, of the size that they have so far, would fit. */
  get #hasRoom(): boolean {
    const count = this.#frames.length
    return count === 0 || (this.#framesBytes / count) * (count + 1) <= this.#options.memoryBytesMax
  }

  /** A new frame as long as there is room, else that of a page not used since the hand's last pass. */
  #freeFrame(): Frame {
    const frames = this.#frames
    if (this.#hasRoom) {
      const strings = new Array<undefined>(PAGE_STRINGS).fill(undefined)
      const none = { page: -1, first: 0, bytes: NO_BYTES, costBytes: 0, isUsed: false }
      const frame: Frame = { ...none, slots: NO_SLOTS, strings }
      frames.push(frame)
      return frame
    }
    for (;;) {
      if (this.#hand >= frames.length) this.#hand = 0
      const frame = frames[this.#hand++]!
      if (!frame.isUsed) {
        this.#cached[frame.page] = undefined
        frame.strings.fill(undefined)
        return frame
      }
      frame.isUsed = false
    }
  }

  async close(): Promise<void> {
    this.#scratch?.close()
    this.#scratch = null
    this.#stored = []
    this.#cached = []
    this.#frames = []
  }
}

function makeString(frame: Frame, slot: number): string {
  const { bytes, slots, strings } = frame
  const base = slots.byteLength
  const end = slots[slot]!
  const from = slot === 0 ? base : base + (slots[slot - 1]! >>> KIND_BITS)
  const to = base + (end >>> KIND_BITS)
  const kind = end & ((1 << KIND_BITS) - 1)
  const text =
    kind === UTF16 ? bytes.toString('utf16le', from, to) : copyText(bytes, from, to, kind)
  // Most strings are used once; to keep them would only make them old before they die.
  strings[slot] = strings[slot] === SEEN ? text : SEEN
  return text
}
