/**
 * Owns the shared string table (ECMA-376 Part 1 §18.4): index → text. Strings stay in memory up to a
 * bound, beyond it in a scratch file (string-pages).
 */
import { inPart, type PackageParts } from '../package/package-parts.ts'
import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN } from '../xml/names.ts'
import { END, EOF, MORE, START, TEXT, type Token, XmlScanner } from '../xml/scan.ts'
import { decodeEscapes } from '../xml/text.ts'
import { scanPlainStrings } from './plain-strings.ts'
import { StringPages, type StringPagesOptions } from './string-pages.ts'

/**
 * Reads the table of `part`; a part that is not there gives an empty one, as some writers name a
 * table that they had no string for. The caller closes it.
 */
export async function readSharedStrings(
  parts: PackageParts,
  part: string,
  options: StringPagesOptions,
): Promise<StringPages> {
  const strings = new StringPages(options)
  if (!parts.has(part)) return strings
  try {
    const source = await parts.openPart(part, parts.limits.sharedStringsBytesMax)
    try {
      const reader = new SharedStringsReader(parts.limits, strings)
      for (;;) {
        parts.signal?.throwIfAborted()
        const bytes = await source.read()
        if (reader.read(bytes)) break
      }
    } finally {
      await source.close()
    }
    strings.freeze()
    return strings
  } catch (error) {
    await strings.close()
    throw inPart(error, part)
  }
}

const ITEM_END = Buffer.from('</si>')

class SharedStringsReader {
  readonly #xml: XmlScanner
  readonly #strings: StringPages
  readonly #limits: PackageParts['limits']
  /** texts of the runs of the current item, and of the current `t` */
  #item = ''
  #run = ''

  constructor(limits: PackageParts['limits'], strings: StringPages) {
    this.#limits = limits
    this.#xml = new XmlScanner(limits, ITEM_END)
    this.#strings = strings
  }

  /** Takes the next bytes, or null for the end; true where the part has ended. */
  read(bytes: Buffer | null): boolean {
    const xml = this.#xml
    if (bytes === null) xml.finish()
    else xml.push(bytes)
    for (;;) {
      if (xml.elements.isPlain('sst') && xml.isBetweenTokens) {
        const target = { strings: this.#strings, caps: this.#limits }
        xml.moveTo(scanPlainStrings(xml.bytes, xml.view, xml.position, target))
      }
      const token = xml.next()
      if (token === MORE) return false
      if (token === EOF) return true
      this.#visit(token)
    }
  }

  #visit(token: Token): void {
    const xml = this.#xml
    if (token === TEXT) this.#run = this.#append(this.#run, xml.text())
    else if (token === START) this.#enter()
    else if (token === END) this.#leave()
  }

  #enter(): void {
    const xml = this.#xml
    const { level, local, uri } = xml.elements
    if (level === 1) {
      if (local !== 'sst' || uri !== NS_MAIN) throw new XlsxError('corrupt', 'not a string table')
      return
    }
    const isKnown = uri === NS_MAIN && isStringElement(level - 2, local)
    if (!isKnown) xml.skipElement()
    else if (level === 2) {
      xml.noteProgress()
      this.#item = ''
    } else if (local === 't') {
      xml.wantsText = true
      this.#run = ''
    }
  }

  #leave(): void {
    const { level, local } = this.#xml.elements
    if (level === 2 && local === 'si') this.#add(this.#item)
    else if (local === 't') {
      this.#xml.wantsText = false
      this.#item = this.#append(this.#item, decodeEscapes(this.#run))
      this.#run = ''
    }
  }

  #add(text: string): void {
    if (this.#strings.length >= this.#limits.sharedStringsMax) {
      throw new XlsxError('too-large', `more than ${this.#limits.sharedStringsMax} strings`)
    }
    this.#strings.add(text)
  }

  #append(text: string, more: string): string {
    if (text.length + more.length > this.#limits.textBytesMax) {
      throw new XlsxError('too-large', `text of more than ${this.#limits.textBytesMax} characters`)
    }
    return text === '' ? more : text + more
  }
}

/**
 * The elements of CT_Rst that hold text: `si` or `is` at depth 0, `t` or `r` in it, `t` in `r`.
 * Phonetic runs and properties hold none that counts.
 */
export function isStringElement(depth: number, local: string): boolean {
  if (depth === 0) return local === 'si' || local === 'is'
  if (depth === 1) return local === 't' || local === 'r'
  return depth === 2 && local === 't'
}
