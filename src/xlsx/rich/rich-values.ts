/**
 * Owns what cells show whose values are richer than a text: linked data types (stocks, places), entities, links,
 * pictures, errors with details ([MS-XLSX] §2.6.163–181). A cell names by `vm` an entry of the metadata part (ECMA-376
 * Part 1 §18.9), which names a rich value, whose structure says which of its values is shown. The cell itself stores
 * an error in the place of all that. No other cell needs these parts, so the reader leaves out what it cannot read of them.
 */
import type { PackageParts } from '../package/package-parts.ts'
import type { RichValueParts } from '../package/workbook-part.ts'
import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN, NS_RICH_DATA } from '../xml/names.ts'
import { START, TEXT, type Token, type XmlScanner } from '../xml/scan.ts'
import { decodeEscapes } from '../xml/text.ts'

/** What a rich value shows: a text, the error that its cell stores, or nothing that is known. */
export type RichText = { readonly text: string } | 'error' | 'unknown'

/** What the n-th value metadata of the workbook shows; n is the `vm` of a cell, from 1. */
export type RichTexts = (metadata: number) => RichText

/** Reads the rich values; a part that is missing or damaged leaves what its values show unknown. */
export async function readRichTexts(
  parts: PackageParts,
  { metadata, values, structures }: RichValueParts,
): Promise<RichTexts> {
  if (metadata === null || values === null || structures === null) return () => 'unknown'
  try {
    const places = await readMetadata(parts, metadata)
    const layouts = await readStructures(parts, structures)
    const wanted = new Set(places.filter(place => place !== null))
    const texts = await readValues(parts, values, { layouts, wanted })
    return entry => {
      const place = places[entry - 1]
      if (place === undefined) return 'unknown'
      return place === null ? 'error' : (texts.get(place) ?? 'unknown')
    }
  } catch (error) {
    if (error instanceof XlsxError) return () => 'unknown'
    throw error
  }
}

/** The name under which metadata names rich values. */
const RICH_TYPE = 'XLRICHVALUE'

/** Positions of rich values by value metadata; null for metadata of another type, which changes no value. */
type Places = readonly (number | null)[]

async function readMetadata(parts: PackageParts, part: string): Promise<Places> {
  const types: string[] = []
  /** the rich value of each block of rich metadata; -1 for a block that names none */
  const blocks: number[] = []
  const entries: { type: number; block: number }[] = []
  let section = ''
  await parts.walk(part, (token, xml) => {
    if (token !== START) return
    const { level, local, uri } = xml.elements
    const { attributes } = xml
    if (uri === NS_RICH_DATA) {
      if (local === 'rvb' && section === RICH_TYPE && blocks.length > 0) {
        blocks[blocks.length - 1] = index(attributes.get('i'))
      }
    } else if (uri !== NS_MAIN) xml.skipElement()
    else if (level === 2) {
      section = local === 'futureMetadata' ? (attributes.get('name') ?? '') : local
      if (![RICH_TYPE, 'metadataTypes', 'valueMetadata'].includes(section)) xml.skipElement()
    } else if (level === 3 && section === 'metadataTypes') types.push(attributes.get('name') ?? '')
    else if (level === 3 && section === RICH_TYPE) blocks.push(-1)
    else if (level === 3 && section === 'valueMetadata') entries.push({ type: -1, block: -1 })
    else if (level === 4 && section === 'valueMetadata' && local === 'rc') {
      // A block may have a record of each type; the rich one is the one that counts.
      const type = index(attributes.get('t')) - 1
      const last = entries.at(-1)
      if (last && types[last.type] !== RICH_TYPE) {
        last.type = type
        last.block = index(attributes.get('v'))
      }
    }
    if (Math.max(blocks.length, entries.length, types.length) > parts.limits.richValuesMax) {
      throw new XlsxError('too-large', `more than ${parts.limits.richValuesMax} rich values`)
    }
  })
  return entries.map(({ type, block }) =>
    types[type] === RICH_TYPE ? (blocks[block] ?? -1) : null,
  )
}

function index(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : -1
}

/** Where a rich value of a structure has the text that it shows: a position among its values, or none. */
type Layout = number | 'error' | 'unknown'

/** Keys of the text that is shown, the better one first. */
const TEXT_KEYS = ['_DisplayString', 'Text']
const LINK_TYPE = '_hyperlink'
const ERROR_TYPE = '_error'

async function readStructures(parts: PackageParts, part: string): Promise<readonly Layout[]> {
  const layouts: Layout[] = []
  let type = ''
  let position = 0
  await parts.walk(part, (token, xml) => {
    if (token !== START) return
    const { level, local, uri } = xml.elements
    if (uri !== NS_RICH_DATA) xml.skipElement()
    else if (level === 2 && local === 's') {
      type = xml.attributes.get('t') ?? ''
      position = 0
      layouts.push(type === ERROR_TYPE ? 'error' : 'unknown')
    } else if (level === 3 && local === 'k') {
      const key = TEXT_KEYS.indexOf(xml.attributes.get('n') ?? '')
      // Only of a link the value `Text` is what the cell shows: of a picture it describes what is to be seen.
      if (key === 0 || (key === 1 && type === LINK_TYPE)) layouts[layouts.length - 1] = position
      position++
    }
    if (layouts.length > parts.limits.richValuesMax) {
      throw new XlsxError('too-large', `more than ${parts.limits.richValuesMax} structures`)
    }
  })
  return layouts
}

interface Reading {
  readonly layouts: readonly Layout[]
  readonly wanted: ReadonlySet<number>
}

async function readValues(parts: PackageParts, part: string, reading: Reading) {
  const reader = new ValuesReader(reading, parts.limits.richCharactersMax)
  await parts.walk(part, (token, xml) => reader.take(token, xml))
  return reader.texts
}

/** Keeps the texts that cells show, and nothing else of the rich values. */
class ValuesReader {
  readonly texts = new Map<number, RichText>()
  readonly #reading: Reading
  readonly #charactersMax: number
  #characters = 0
  #value = -1
  #layout: Layout = 'unknown'
  #position = -1
  #run = ''

  constructor(reading: Reading, charactersMax: number) {
    this.#reading = reading
    this.#charactersMax = charactersMax
  }

  take(token: Token, xml: XmlScanner): void {
    const { level, local, uri } = xml.elements
    if (token === TEXT) this.#append(xml.text())
    else if (token !== START) this.#leave(xml)
    else if (uri !== NS_RICH_DATA) xml.skipElement()
    else if (level === 2 && local === 'rv') this.#enterValue(xml)
    else if (level === 3 && local === 'v') {
      this.#position++
      xml.wantsText = this.#position === this.#layout
      this.#run = ''
    } else if (level > 1) xml.skipElement()
  }

  #enterValue(xml: XmlScanner): void {
    this.#value++
    this.#position = -1
    if (this.#reading.wanted.has(this.#value)) {
      this.#layout = this.#reading.layouts[index(xml.attributes.get('s'))] ?? 'unknown'
      if (this.#layout === 'error') this.texts.set(this.#value, 'error')
    } else xml.skipElement()
  }

  /** A text too long to be kept does not grow without end. */
  #append(text: string): void {
    if (this.#run.length <= this.#charactersMax) this.#run += text
  }

  #leave(xml: XmlScanner): void {
    if (!xml.wantsText) return
    xml.wantsText = false
    const text = decodeEscapes(this.#run)
    // A text too many is not kept, and its cell says so.
    if (text.trim() === '' || this.#characters + text.length > this.#charactersMax) return
    this.#characters += text.length
    this.texts.set(this.#value, { text })
  }
}
