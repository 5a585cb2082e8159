/**
 * Owns the package as a set of parts (ECMA-376 Part 2): opening one by name and walking its XML.
 * Nothing outside the archive is ever opened, whatever a name or a target says.
 */

import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import { EOF, MORE, type Token, XmlScanner } from '../xml/scan.ts'
import { Utf8Source } from '../xml/text-encoding.ts'
import { partKey, readZipDirectory, type ZipDirectory, type ZipEntry } from '../zip/directory.ts'
import { FileReader } from '../zip/file-reader.ts'
import { type ByteSource, openEntry } from '../zip/inflate.ts'
import { assertMayBeZip } from '../zip/signature.ts'

export interface PackageOptions {
  readonly limits: XlsxLimits
  readonly signal?: AbortSignal | undefined
  /** Size of the chunks that parts are read in; for tests. */
  readonly chunkBytes?: number | undefined
}

export class PackageParts {
  readonly limits: XlsxLimits
  readonly #file: FileReader
  readonly #directory: ZipDirectory
  readonly #options: PackageOptions

  private constructor(file: FileReader, directory: ZipDirectory, options: PackageOptions) {
    this.#file = file
    this.#directory = directory
    this.#options = options
    this.limits = options.limits
  }

  static async open(path: string, options: PackageOptions): Promise<PackageParts> {
    const file = await FileReader.open(path)
    try {
      await assertMayBeZip(file)
      return new PackageParts(file, await readZipDirectory(file, options.limits), options)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /** Two entries of one name matter only to who reads the part. @throws XlsxError `duplicate-name` */
  #find(name: string): ZipEntry | undefined {
    const entry = this.#directory.get(partKey(name))
    if (entry === null) throw new XlsxError('duplicate-name', `two entries named ${name}`)
    return entry
  }

  /** Opens a part as UTF-8. @throws XlsxError `part-missing` and those of `openEntry` */
  async openPart(name: string, bytesMax: number): Promise<ByteSource> {
    this.#options.signal?.throwIfAborted()
    const entry = this.#find(name)
    if (entry === undefined) throw new XlsxError('part-missing', name)
    const { chunkBytes } = this.#options
    const source = await openEntry(this.#file, entry, { bytesMax, chunkBytes })
    return new Utf8Source(source, name)
  }

  /** Walks a whole part, giving every token to `visit`. */
  async walk(name: string, visit: (token: Token, xml: XmlScanner) => void): Promise<void> {
    const source = await this.openPart(name, this.limits.partBytesMax)
    try {
      await this.#walk(name, source, visit)
    } finally {
      await source.close()
    }
  }

  async #walk(
    name: string,
    source: ByteSource,
    visit: (token: Token, xml: XmlScanner) => void,
  ): Promise<void> {
    const xml = new XmlScanner(this.limits)
    try {
      for (;;) {
        const token = xml.next()
        if (token === EOF) return
        if (token !== MORE) {
          visit(token, xml)
          continue
        }
        this.#options.signal?.throwIfAborted()
        const bytes = await source.read()
        if (bytes === null) xml.finish()
        else xml.push(bytes)
      }
    } catch (error) {
      throw inPart(error, name)
    }
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/** Adds the part's name to an error that does not tell it yet. */
export function inPart(error: unknown, name: string): unknown {
  if (!(error instanceof XlsxError) || error.detail.startsWith(name)) return error
  return new XlsxError(error.code, `${name}: ${error.detail}`, { cause: error })
}
