/**
 * Owns the encoding of a part: whatever it is written in leaves here as valid UTF-8 without a byte
 * order mark (XML 1.0 §4.3.3 and appendix F; OPC allows UTF-8 and UTF-16). It must never replace a
 * byte sequence that it cannot read.
 */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { XlsxError } from '../xlsx-error.ts'
import type { ByteSource } from '../zip/inflate.ts'

const NONE: Buffer = Buffer.alloc(0)
/** An XML declaration that is longer than this is none. */
const DECLARATION_BYTES = 256

/**
 * Wraps the bytes of the part `name`.
 * @throws XlsxError `xml-encoding` from `read`
 */
export class Utf8Source implements ByteSource {
  readonly #source: ByteSource
  readonly #name: string
  /** null until the encoding is known; undefined while the bytes are UTF-8 already */
  #decoder: TextDecoder | null | undefined = null
  /** the start of a character whose rest is in the next chunk */
  #carry: Buffer = NONE
  #ended = false

  constructor(source: ByteSource, name: string) {
    this.#source = source
    this.#name = name
  }

  async read(): Promise<Buffer | null> {
    if (this.#ended) return null
    if (this.#decoder === null) return this.#readFirst()
    const bytes = await this.#source.read()
    return this.#convert(bytes)
  }

  close(): Promise<void> {
    return this.#source.close()
  }

  /** Gathers enough of the part to see its byte order mark and XML declaration. */
  async #readFirst(): Promise<Buffer | null> {
    let head = NONE
    let bytes: Buffer | null = null
    while (!isDeclarationComplete(head)) {
      bytes = await this.#source.read()
      if (bytes === null) break
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
    }
    const { label, markBytes } = detectEncoding(head)
    this.#decoder = label === 'utf-8' ? undefined : this.#newDecoder(label)
    const body = head.subarray(markBytes)
    const first = this.#convert(body)
    if (bytes !== null || head.length === 0) return first ?? NONE
    const last = this.#convert(null)
    return Buffer.concat([first ?? NONE, last ?? NONE])
  }

  #newDecoder(label: string): TextDecoder {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: true })
    } catch (error) {
      throw new XlsxError('xml-encoding', `${this.#name}: unknown encoding`, { cause: error })
    }
  }

  #convert(bytes: Buffer | null): Buffer | null {
    if (bytes === null) this.#ended = true
    if (this.#decoder) return this.#decode(this.#decoder, bytes)
    if (bytes === null) {
      if (this.#carry.length > 0) throw this.#invalid()
      return null
    }
    const whole = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes])
    if (isUtf8(whole)) {
      this.#carry = NONE
      return whole
    }
    const cut = lastCharacterStart(whole)
    const complete = whole.subarray(0, cut)
    if (whole.length - cut > 3 || !isUtf8(complete)) throw this.#invalid()
    this.#carry = Buffer.from(whole.subarray(cut))
    return complete
  }

  #decode(decoder: TextDecoder, bytes: Buffer | null): Buffer | null {
    try {
      const text = decoder.decode(bytes ?? NONE, { stream: bytes !== null })
      if (bytes === null && text === '') return null
      return Buffer.from(text)
    } catch (error) {
      throw new XlsxError('xml-encoding', `${this.#name}: not in its encoding`, { cause: error })
    }
  }

  #invalid(): XlsxError {
    return new XlsxError('xml-encoding', `${this.#name}: not valid UTF-8`)
  }
}

function lastCharacterStart(bytes: Buffer): number {
  let at = bytes.length - 1
  while (at > 0 && bytes.length - at < 4 && (bytes[at]! & 0xc0) === 0x80) at--
  return Math.max(at, 0)
}

function isDeclarationComplete(head: Buffer): boolean {
  if (head.length < 8) return false
  const text = head.toString('latin1', 0, DECLARATION_BYTES)
  const start = text.startsWith('\xef\xbb\xbf') ? 3 : 0
  if (!text.startsWith('<?xml'.slice(0, text.length - start), start)) return true
  return head.length >= DECLARATION_BYTES || text.includes('?>')
}

function detectEncoding(head: Buffer): { label: string; markBytes: number } {
  const [a, b, c, d] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', markBytes: 3 }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', markBytes: 2 }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', markBytes: 2 }
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return { label: 'utf-16le', markBytes: 0 }
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return { label: 'utf-16be', markBytes: 0 }
  const declaration = head.toString('latin1', 0, DECLARATION_BYTES)
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(declaration)
  const label = declared?.[1]?.toLowerCase() ?? 'utf-8'
  // A part that is not written in two-byte units is not in UTF-16, whatever it says of itself.
  if (/^(utf-?8|us-ascii|ascii|utf-?16.*|ucs-?2)$/.test(label)) {
    return { label: 'utf-8', markBytes: 0 }
  }
  return { label, markBytes: 0 }
}
