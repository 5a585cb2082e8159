/**
 * Owns number formats (ECMA-376 Part 1 §18.8.30, §18.8.31): which section of a code a value falls into, whether
 * that one makes it a date, and what it shows of a number. Pure.
 */
import { decimalOf, decimalOfDigits } from './decimal.ts'
import { conditionOf, splitSections } from './format-code.ts'
import { type FormatKind, hasDigits, isFormatName, kindOfSection } from './format-kind.ts'
import { readNumberSection, type SectionShower, type Showing } from './number-section.ts'
import type { NumberSigns } from './number-signs.ts'

interface FormatSection {
  readonly kind: FormatKind
  readonly accepts: ((value: number) => boolean) | null
  readonly pieces: readonly string[]
  /** Whether it asks for parts of a date and for digits at once, so that nobody can say what it shows. */
  readonly isMixed: boolean
}

export class NumberFormat {
  /** The kind of every value, or null where it depends on the value. */
  readonly kind: FormatKind | null
  /** Whether the format is General in one of its spellings, which shows a number by its digits alone. */
  readonly isGeneral: boolean
  /** Whether the format shows a whole number by its digits alone, as `0_)` does. */
  readonly showsDigits: boolean
  /** Its code, or the id of a built-in format that has none (18.8.30). */
  readonly name: string | number
  readonly #sections: readonly FormatSection[]
  readonly #showers = new Map<FormatSection, SectionShower | null>()
  readonly #asShown: Showing
  readonly #asCode: Showing

  /** @param pieces of the sections of numbers, which are three at most */
  constructor(pieces: readonly (readonly string[])[], signs: NumberSigns, name: string | number) {
    this.name = name
    this.#sections = pieces.map(section => parseSection(section, pieces[0]!))
    const [first] = this.#sections
    const isOfOneKind = this.#sections.every(({ kind }) => kind === first!.kind)
    this.kind = isOfOneKind ? first!.kind : null
    const isSimple = pieces.length === 1 && first!.kind === 'number'
    const code = isSimple ? withoutLooks(pieces[0]!) : null
    this.isGeneral = code !== null && /^(general|@|)$/i.test(code)
    this.showsDigits = this.isGeneral || code === '0'
    this.#asShown = { signs, asCode: false }
    this.#asCode = { signs, asCode: true }
  }

  /** What the format makes of a number. */
  kindOf(value: number): FormatKind {
    return this.kind ?? chooseSection(this.#sections, value).kind
  }

  /**
   * What the format shows of a number, an empty text where it hides the number; null where nobody can say.
   * @param digits of the number's size, where they are more than a double holds
   */
  show(value: number, digits: string | null = null): string | null {
    return this.#show(value, digits, this.#asShown)
  }

  /**
   * The same for a phone number or a code: without separators of thousands, without zeros behind the decimal
   * point of a whole number, and without powers of ten.
   */
  showAsCode(value: number, digits: string | null = null): string | null {
    return this.#show(value, digits, this.#asCode)
  }

  #show(value: number, digits: string | null, showing: Showing): string | null {
    const section = chooseSection(this.#sections, value)
    const shower = this.#showerOf(section)
    // Excel shows signs of an overflow where no condition is met.
    if (shower === null || section.accepts?.(value) === false) return null
    const shown = tidy(
      shower(digits === null ? decimalOf(value) : decimalOfDigits(digits), showing),
    )
    if (value >= 0) return shown
    if (section === this.#sections[0]) return `-${shown}`
    const hasCondition = this.#sections.some(({ accepts }) => accepts !== null)
    return hasCondition ? null : shown
  }

  #showerOf(section: FormatSection): SectionShower | null {
    const known = this.#showers.get(section)
    if (known !== undefined) return known
    const isNumber = section.kind === 'number' && !section.isMixed
    const shower = isNumber ? readShower(section.pieces, this.#sections.length) : null
    this.#showers.set(section, shower)
    return shower
  }
}

/** Gaps take room in a cell and none in a text. */
function tidy(shown: string): string {
  return shown.includes('  ') ? shown.replace(/ {2,}/g, ' ').trim() : shown.trim()
}

function readShower(pieces: readonly string[], sections: number): SectionShower | null {
  // The name of a format, which is no code, leaves numbers as they are.
  if (isFormatName(pieces)) return sections === 1 ? readNumberSection(['General']) : null
  const hasBareLetters = pieces.some(piece => /^\p{L}$/u.test(piece))
  const hasPlaces = hasDigits(pieces) || pieces.some(piece => /^general$/i.test(piece))
  return hasBareLetters && !hasPlaces ? null : readNumberSection(pieces)
}

/** The code of a section without colours and gaps. */
function withoutLooks(pieces: readonly string[]): string {
  return pieces.filter(piece => !/^(\[\p{L}+\]|_.)$/su.test(piece)).join('')
}

/** Reads a format code, for numbers with the signs of a locale; `name` is the id of a format that has no code of its own. */
export function parseNumberFormat(
  code: string,
  signs: NumberSigns,
  name: string | number = code,
): NumberFormat {
  const pieces = splitSections(code)
  // A last section with an @ is that of texts, wherever it stands.
  if (pieces.length > 1 && pieces.at(-1)!.includes('@')) pieces.pop()
  return new NumberFormat(pieces.slice(0, 3), signs, name)
}

/** An empty section shows nothing; what it hides is of the kind of the first one. */
function parseSection(pieces: readonly string[], first: readonly string[]): FormatSection {
  const kind = kindOfSection(pieces.length === 0 ? first : pieces)
  const isMixed = (kind === 'date' || kind === 'time') && hasDigits(pieces)
  return { kind: isMixed ? 'number' : kind, accepts: conditionOf(pieces), pieces, isMixed }
}

/** The section that a value falls into: its condition, or else positive; negative; zero. */
function chooseSection(sections: readonly FormatSection[], value: number): FormatSection {
  const [first, second, third] = sections as [FormatSection, FormatSection?, FormatSection?]
  if (second === undefined) return first
  if (first.accepts === null && second.accepts === null) {
    if (value > 0 || (value === 0 && third === undefined)) return first
    return value < 0 ? second : third!
  }
  const acceptsFirst = first.accepts ?? (number => number > 0)
  if (acceptsFirst(value)) return first
  if (third === undefined && second.accepts === null) return second
  const acceptsSecond = second.accepts ?? (number => number < 0)
  return acceptsSecond(value) ? second : (third ?? second)
}
