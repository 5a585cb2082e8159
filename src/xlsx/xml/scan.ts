/**
 * Owns the lexical and nesting rules of XML 1.0 over a window of bytes that grows at its end:
 * `next()` gives one token, or `more` where the window ends first. Document types are refused,
 * comments and instructions dropped, `mc:AlternateContent` resolved (ECMA-376 Part 3 §9.3).
 * It must never keep more than one token of the part in memory.
 */
import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import { CUT_VALUE, INCOMPLETE, isSpace, scanName, XmlAttributes } from './attributes.ts'
import { ElementStack } from './elements.ts'
import { isSameName, NameTable, type XmlName } from './names.ts'
import { decodeText, textFlags } from './text.ts'
import { XmlWindow } from './window.ts'

/** Kinds of token that `next()` returns. */
export const MORE = 0
export const START = 1
export const END = 2
export const TEXT = 3
export const EOF = 4
export type Token = typeof MORE | typeof START | typeof END | typeof TEXT | typeof EOF

const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const CDATA_START = Buffer.from('<![CDATA[')
const CDATA_END = Buffer.from(']]>')
const COMMENT_START = Buffer.from('<!--')
const COMMENT_END = Buffer.from('-->')
const INSTRUCTION_END = Buffer.from('?>')

/** Bytes of a value that are kept while its end is not in sight. */
const VALUE_BYTES_KEPT = 512 * 1024

export class XmlScanner extends XmlWindow {
  /** Whether the caller wants text tokens; the scanner drops unwanted text as it comes, whatever its length. */
  wantsText = false
  readonly attributes: XmlAttributes
  readonly elements: ElementStack
  readonly #names = new NameTable()
  readonly #limits: XlsxLimits
  #finished = false
  #pendingEnd = false
  #tagStart = 0
  #name: XmlName | null = null
  #rootSeen = false
  /** the terminator of the construct that is being dropped, or null */
  #dropUntil: Buffer | null = null
  #textStart = 0
  #textEnd = 0
  #textFlags = 0
  /** bytes of an incomplete text already looked at, and their flags: no byte is scanned twice */
  #resume = 0
  #resumeFlags = 0

  /** @param endTag see XmlWindow */
  constructor(limits: XlsxLimits, endTag: Buffer | null = null) {
    super(limits, endTag)
    this.#limits = limits
    this.attributes = new XmlAttributes(this.#names, limits)
    this.elements = new ElementStack(limits)
  }

  /** Whether the next byte is the first of a token, and no end token is due. */
  get isBetweenTokens(): boolean {
    return this.#dropUntil === null && !this.#pendingEnd
  }

  /** Takes what was read past this scanner, whole elements, as read. */
  moveTo(position: number): void {
    if (position !== this.position) this.noteProgress()
    this.position = position
  }

  /** The start tag that was scanned last. */
  get tag(): Buffer {
    return this.bytes.subarray(this.#tagStart, this.position)
  }

  /** Says that no more bytes will come. */
  finish(): void {
    this.showAll()
    this.#finished = true
  }

  /** Drops the element whose start token came last, with its content and its end token. */
  skipElement(): void {
    this.elements.skip()
  }

  /** The text of the text token that came last. */
  text(): string {
    return decodeText(this.bytes, this.#textStart, this.#textEnd, this.#textFlags)
  }

  /** The next token that the reader should see. */
  next(): Token {
    for (;;) {
      if (this.#pendingEnd) {
        this.#pendingEnd = false
        if (this.elements.close()) return END
        continue
      }
      const token = this.#scan()
      if (token === START) {
        if (this.elements.open(this.#name!, this.attributes)) return START
      } else if (token === END) {
        if (this.elements.close()) return END
      } else if (token !== TEXT || !this.elements.isSkipping) {
        return token
      }
    }
  }

  #scan(): Token {
    for (;;) {
      if (this.#dropUntil !== null && !this.#drop(this.#dropUntil)) return this.#incomplete()
      if (this.position >= this.end) return this.#finished ? this.#endOfPart() : MORE
      if (this.bytes[this.position] !== LESS) {
        const token = this.#scanText()
        if (token !== null) return token
        continue
      }
      if (this.position + 1 >= this.end) return this.#incomplete()
      const second = this.bytes[this.position + 1]
      if (second === SLASH) return this.#scanEndTag()
      if (second === QUESTION) this.#dropUntil = INSTRUCTION_END
      else if (second !== BANG) return this.#scanStartTag()
      else {
        const token = this.#scanDeclaration()
        if (token !== null) return token
      }
    }
  }

  #endOfPart(): Token {
    if (this.elements.depth > 0 || !this.#rootSeen) {
      throw new XlsxError('xml-malformed', 'the part ends inside an element')
    }
    return EOF
  }

  #incomplete(): Token {
    if (this.#finished) throw new XlsxError('xml-malformed', 'the part ends inside markup')
    return MORE
  }

  /** Moves past the terminator; keeps only what may be its start. */
  #drop(terminator: Buffer): boolean {
    const found = this.bytes.subarray(0, this.end).indexOf(terminator, this.position)
    if (found >= 0) {
      this.position = found + terminator.length
      this.#dropUntil = null
      return true
    }
    this.position = Math.max(this.position, this.end - terminator.length + 1)
    return false
  }

  #scanText(): Token | null {
    const { bytes, position, end } = this
    let at = position + this.#resume
    let flags = this.#resumeFlags
    while (at < end) {
      const byte = bytes[at]!
      if (byte === LESS) break
      flags |= textFlags[byte]!
      at++
    }
    if (this.elements.depth === 0) this.#checkOutsideRoot(at)
    const isWanted = this.wantsText && !this.elements.isSkipping
    if (at < end || !isWanted) {
      this.#resume = 0
      this.#resumeFlags = 0
      this.#textStart = position
      this.#textEnd = at
      this.#textFlags = flags
      this.position = at
      return isWanted ? TEXT : null
    }
    this.#resume = at - position
    this.#resumeFlags = flags
    this.#checkBytes(this.#resume, this.#limits.textBytesMax, 'text')
    return this.#incomplete()
  }

  #checkOutsideRoot(textEnd: number): void {
    for (let at = this.position; at < textEnd; at++) {
      if (!isSpace(this.bytes[at]!)) throw new XlsxError('xml-malformed', 'text outside the root')
    }
  }

  #checkBytes(length: number, lengthMax: number, what: string): void {
    if (length > lengthMax)
      throw new XlsxError('too-large', `${what} of more than ${lengthMax} bytes`)
  }

  #scanStartTag(): Token {
    const { bytes, end, attributes } = this
    if (this.#rootSeen && this.elements.depth === 0) {
      throw new XlsxError('xml-malformed', 'an element after the root')
    }
    const nameEnd = scanName(bytes, this.position + 1, end)
    attributes.clear(bytes)
    let at = nameEnd
    for (;;) {
      const gapStart = at
      while (at < end && isSpace(bytes[at]!)) at++
      if (at >= end) return this.#incompleteTag()
      const byte = bytes[at]
      if (byte === GREATER) break
      if (byte === SLASH) {
        if (at + 1 >= end) return this.#incompleteTag()
        if (bytes[++at] !== GREATER) throw new XlsxError('xml-malformed', '/ inside a tag')
        this.#pendingEnd = true
        break
      }
      if (at === gapStart) throw new XlsxError('xml-malformed', 'attributes run together')
      at = attributes.scanOne(at, end)
      if (at === INCOMPLETE) return this.#incompleteTag()
    }
    this.#name = this.#names.intern(bytes, this.position + 1, nameEnd)
    this.#checkBytes(at - this.position, this.#limits.tagBytesMax, 'tag')
    this.#rootSeen = true
    this.#tagStart = this.position
    this.position = at + 1
    return START
  }

  /** The scanner cuts a value that fills the window: nobody reads most attributes, and some lists have megabytes. */
  #incompleteTag(): Token {
    const { openValue } = this.attributes
    if (openValue > 0 && this.end - openValue > VALUE_BYTES_KEPT) this.cut(openValue, CUT_VALUE)
    this.attributes.openValue = 0
    this.#checkBytes(this.end - this.position, this.#limits.tagBytesMax, 'tag')
    return this.#incomplete()
  }

  #scanEndTag(): Token {
    const { bytes, end } = this
    const nameStart = this.position + 2
    let at = nameStart
    while (at < end && bytes[at] !== GREATER) at++
    if (at >= end) return this.#incompleteTag()
    this.position = at + 1
    while (at > nameStart && isSpace(bytes[at - 1]!)) at--
    const open = this.elements.innermost
    if (open === undefined || !isSameName(open.bytes, bytes, nameStart, at)) {
      throw new XlsxError('xml-malformed', 'an end tag does not match its start tag')
    }
    return END
  }

  /** `<!…`: a comment, CDATA, or what is refused. Null where scanning goes on. */
  #scanDeclaration(): Token | null {
    if (this.#startsWith(COMMENT_START)) {
      this.position += COMMENT_START.length
      this.#dropUntil = COMMENT_END
      return null
    }
    if (!this.#startsWith(CDATA_START)) {
      if (this.end - this.position < CDATA_START.length && !this.#finished) return MORE
      throw new XlsxError('xml-doctype', 'a part has a document type declaration')
    }
    if (this.elements.depth === 0) throw new XlsxError('xml-malformed', 'text outside the root')
    if (!this.wantsText || this.elements.isSkipping) {
      this.position += CDATA_START.length
      this.#dropUntil = CDATA_END
      return null
    }
    return this.#scanCdata()
  }

  #startsWith(expected: Buffer): boolean {
    const end = this.position + expected.length
    return end <= this.end && expected.compare(this.bytes, this.position, end) === 0
  }

  #scanCdata(): Token {
    const start = this.position + CDATA_START.length
    const found = this.bytes.subarray(0, this.end).indexOf(CDATA_END, start)
    if (found < 0) {
      this.#checkBytes(this.end - start, this.#limits.textBytesMax, 'text')
      return this.#incomplete()
    }
    this.#textStart = start
    this.#textEnd = found
    this.#textFlags = cdataFlags(this.bytes, start, found)
    this.position = found + CDATA_END.length
    return TEXT
  }
}

/** CDATA knows no references; everything else is as in other text. */
function cdataFlags(bytes: Buffer, start: number, end: number): number {
  let flags = 0
  for (let at = start; at < end; at++) if (bytes[at] !== 0x26) flags |= textFlags[bytes[at]!]!
  return flags
}
