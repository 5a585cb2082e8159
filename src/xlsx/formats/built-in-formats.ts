/**
 * Owns the formats that have an id and no code (ECMA-376 Part 1 §18.8.30). What the standard gives to user
 * interfaces in Chinese, Japanese, Korean and Thai is here what Excel makes of these ids in all others. Pure.
 */
import { type NumberFormat, parseNumberFormat } from './number-format.ts'
import type { NumberSigns } from './number-signs.ts'

const DATE = 'yyyy\\-mm\\-dd'
const DATE_AND_TIME = 'yyyy\\-mm\\-dd hh:mm'
const TIME = 'hh:mm:ss'
const ELAPSED = '[h]:mm:ss'

/**
 * Codes of ranges of ids, the first and the last one of each. Those of dates only say the kind; those of money
 * (5–8, 42, 44) depend on the system, so what they show is not known.
 */
const ranges: readonly [first: number, last: number, code: string | null][] = [
  [1, 1, '0'],
  [2, 2, '0.00'],
  [3, 3, '#,##0'],
  [4, 4, '#,##0.00'],
  [5, 8, null],
  [9, 9, '0%'],
  [10, 10, '0.00%'],
  [11, 11, '0.00E+00'],
  [12, 12, '# ?/?'],
  [13, 13, '# ??/??'],
  [14, 17, DATE],
  [18, 21, TIME],
  [22, 22, DATE_AND_TIME],
  [27, 31, DATE],
  [37, 38, '#,##0_);(#,##0)'],
  [39, 40, '#,##0.00_);(#,##0.00)'],
  [41, 41, '#,##0_);(#,##0);-'],
  [42, 42, null],
  [43, 43, '#,##0.00_);(#,##0.00);-'],
  [44, 44, null],
  [45, 45, TIME],
  [46, 46, ELAPSED],
  [47, 47, TIME],
  [48, 48, '##0.0E+0'],
  [50, 58, DATE],
  [59, 59, '0'],
  [60, 60, '0.00'],
  [61, 61, '#,##0'],
  [62, 62, '#,##0.00'],
  [67, 67, '0%'],
  [68, 68, '0.00%'],
  [69, 69, '# ?/?'],
  [70, 70, '# ??/??'],
  [71, 75, DATE],
  [76, 77, TIME],
  [78, 78, DATE_AND_TIME],
  [79, 79, TIME],
  [80, 80, ELAPSED],
  [81, 81, TIME],
]

/** A code of which nobody knows what it shows. */
const UNKNOWN = '[unknown-1]0'

/** The built-in formats of a workbook; it makes each when somebody asks for it. */
export class BuiltInFormats {
  readonly #signs: NumberSigns
  readonly #byId = new Map<number, NumberFormat>()

  constructor(signs: NumberSigns) {
    this.#signs = signs
  }

  /** The format of an id; General for ids that have none. */
  get(id: number): NumberFormat {
    const range = ranges.find(([first, last]) => id >= first && id <= last)
    // A file may name any number of ids that are none.
    const key = range === undefined ? 0 : id
    const known = this.#byId.get(key)
    if (known !== undefined) return known
    const code = range === undefined ? 'General' : (range[2] ?? UNKNOWN)
    const format = parseNumberFormat(code, this.#signs, key)
    this.#byId.set(key, format)
    return format
  }
}
